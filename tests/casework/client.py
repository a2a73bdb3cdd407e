"""Django's client for tests, in a zone whose sessions only a signed cookie opens."""

from importlib import import_module

from django.conf import settings
from django.test import Client

from casework.entrance.signed_sessions import key_of, signed


class SignedClient(Client):
    """Reads the session behind its cookie, and comes in with one that is signed."""

    @property
    def session(self):
        """The session of the cookie; a new one where there is none yet."""
        store = import_module(settings.SESSION_ENGINE).SessionStore
        if cookie := self.cookies.get(settings.SESSION_COOKIE_NAME):
            return store(key_of(cookie.value))
        session = store()
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = signed(session.session_key)
        return session

    def _set_login_cookies(self, request):
        super()._set_login_cookies(request)
        cookie = self.cookies[settings.SESSION_COOKIE_NAME]
        cookie.set(cookie.key, *self.cookies.value_encode(signed(request.session.session_key)))
