"""The cookie of a session is its key with a signature, so that the keys in the database open nothing.

Who reads or writes that database has the key of a session, not the zone's secret key that signs it. What the session holds is
signed together with that key (see `bound_sessions`): who has a cookie of their own can't put somebody else's session under it.
"""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signing import BadSignature, Signer

SALT = "casework.entrance.signed_sessions"


def signed(key: str) -> str:
    """The cookie for the session with this key."""
    return Signer(salt=SALT).sign(key)


def key_of(cookie: str | None) -> str | None:
    """The key in a cookie that this zone signed; None for any other, as for none."""
    try:
        return Signer(salt=SALT).unsign(cookie) if cookie else None
    except BadSignature:
        return None


class SignedSessionMiddleware(SessionMiddleware):
    """Django's sessions, which only a signed cookie opens."""

    def process_request(self, request):
        request.session = self.SessionStore(key_of(request.COOKIES.get(settings.SESSION_COOKIE_NAME)))

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:  # without a value it is being deleted
            cookie.set(cookie.key, *response.cookies.value_encode(signed(cookie.value)))
        return response
