"""An account is asked for its seal at every request and before its password: a row written past the application opens nothing."""

import logging
import time
from functools import wraps

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import logout
from django.db import transaction

from casework.closed import closed, is_closed_by
from casework.log import audit

from . import seals

logger = logging.getLogger(__name__)
A_MOMENT = 0.3  # seconds


def holds(user) -> bool:
    """Whether the seal of this account holds; asked again a moment later where it seems broken.

    It is read in several statements: whoever asks while a change is committed must not take half of it for a break-in.
    """
    if seals.account_holds(user):
        return True
    time.sleep(A_MOMENT)
    return seals.account_holds(user)


def report_broken(user) -> None:
    """On record and in the log, by number: somebody wrote into the database, or restored half of it."""
    logger.error("casework: the seal of account %s is broken", user.pk)
    audit.record("refused_broken_seal", by=None, about=user)


class SealMiddleware:
    """Ends the session of an account whose seal does not hold, before any view is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            if request.user.is_authenticated:
                self.ask(request)
        except Exception as error:  # here no handler of exceptions stands outside
            if not is_closed_by(error):
                raise
            return closed(request, error)
        return self.get_response(request)

    def ask(self, request) -> None:
        if not holds(request.user):
            report_broken(request.user)
            logout(request)


class SealedBackend(AuthenticationBackend):
    """Asks for the seal before the password, and renews it where Django made a stronger hash of that password."""

    def _check_password(self, user, password):
        if user is None:
            return None
        if not holds(user):
            report_broken(user)
            return None  # without a check: the backend then spends the time of one, as for an unknown address
        before = user.password
        with transaction.atomic():
            found = super()._check_password(user, password)
            if user.password != before and seals.account_holds(user, password=before):
                seals.seal_account(user)
        return found


def changes_account(view):
    """For allauth's pages where somebody changes the own password, app, passkey or codes: the change and the seal are one commit.

    The seal held when the request began, as `SealMiddleware` saw; what stands in the database now is what this person made of it.
    """

    @wraps(view)
    def changed(request, *args, **kwargs):
        user = request.user
        if request.method != "POST" or not user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if not seals.account_holds(user):
                renew(user)
        return response

    return changed


def renew(user) -> None:
    """The seal after somebody changed the own means to sign in, on record; in the transaction of that change."""
    seals.seal_account(user)
    audit.record("changed_own_sign_in", by=user, about=user)
