"""The clock of a session: a quarter of an hour without a request locks it, and after eight hours it ends.

Locked, the account stays signed in and sees nothing but the page to unlock with the second factor; then the same page opens again.
"""

import time

from django.contrib.auth import logout
from django.shortcuts import redirect

from people.second_factor import ALWAYS, has_used_second_factor
from people.signin import with_next

from . import drafts

IDLE = 15 * 60
WHOLE = 8 * 3600
GRAIN = 20  # seconds: not every request writes the session anew

BEGUN, SEEN, LOCKED = "casework_begun", "casework_seen", "casework_locked"
# What a locked session may ask for. What is typed on the pages of the account is never kept.
WHEN_LOCKED = ALWAYS | {"account_unlock", "account_lock"}


class SessionClockMiddleware:
    """Counts the time of a session; stands behind the seal and before every door."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Where there is no page no view is asked, and nobody looked at the clock yet.
        is_page = request.resolver_match is not None
        return redirect(with_next("account_unlock", "")) if not is_page and is_shut(request) else response

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if not request.user.is_authenticated or name in ALWAYS:
            return None
        now = time.time()
        if now - request.session.setdefault(BEGUN, now) > WHOLE:
            return _ended(request, name)
        if now - request.session.setdefault(SEEN, now) > IDLE:
            if not has_used_second_factor(request):  # without one there is nothing to unlock with
                return _ended(request, name)
            lock(request)
        if is_locked(request):
            return None if name in WHEN_LOCKED else redirect(with_next("account_unlock", _kept(request, name)))
        if now - request.session[SEEN] > GRAIN:
            request.session[SEEN] = now
        return None


def lock(request) -> None:
    """From now on this session sees the page to unlock, whatever it asks for."""
    request.session[LOCKED] = True


def unlock(request) -> None:
    """The second factor was proved once more."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()


def is_locked(request) -> bool:
    return bool(request.session.get(LOCKED))


def is_shut(request) -> bool:
    """Whether this session is locked, or was left for so long that it will be at the next page."""
    if not request.user.is_authenticated:
        return False
    return is_locked(request) or time.time() - request.session.get(SEEN, time.time()) > IDLE


def _ended(request, name: str):
    page = _kept(request, name)
    logout(request)
    return redirect(with_next("account_login", page))


def _kept(request, name: str) -> str:
    """Where to go on to; a form that was sent is kept for that page."""
    if request.method in ("GET", "HEAD"):
        return "" if name in WHEN_LOCKED else request.get_full_path()
    if name.startswith(("account_", "mfa_", "socialaccount_", "openid_connect_")):
        return ""
    return drafts.keep(request)
