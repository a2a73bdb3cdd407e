"""Sessions whose data is signed together with their key, so that data copied into another row of the database opens nothing."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's sessions in the database; what stands in a row decodes for the key of that row alone."""

    @property
    def key_salt(self):
        # Every way to write a row gives the session its key first, a new one too where it changes at the sign-in.
        return f"{super().key_salt}:{self.session_key}"
