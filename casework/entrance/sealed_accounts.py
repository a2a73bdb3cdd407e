"""An account is asked for its seal at every request and before its password: a row written past the application opens nothing."""

import logging
import time

from allauth.account import signals as account
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa import signals as factors
from allauth.socialaccount import signals as links
from django.contrib.auth import logout
from django.db import transaction

from casework.closed import closed, is_closed_by
from casework.log import audit

from . import seals

logger = logging.getLogger(__name__)
A_MOMENT = 0.3  # seconds


def holds(user) -> bool:
    """Whether the seal of this account holds; asked again a moment later where it seems broken.

    allauth changes an account and the seal follows in the next commit: whoever asks in between must not take that for a break-in.
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
        if holds(request.user):
            request.held_seal = request.user.pk
            return
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


def renew(sender, request, user=None, **kwargs) -> None:
    """After somebody changed the own password, app, passkey, codes or link: their seal held when this request began."""
    user = user or (kwargs.get("sociallogin") or kwargs["socialaccount"]).user
    if getattr(request, "held_seal", None) == user.pk:
        seals.seal_account(user)
        audit.record("changed_own_sign_in", by=user, about=user)


def listen() -> None:
    """Listens to allauth, which makes these changes."""
    own_changes = [account.password_changed, account.password_set]
    own_changes += [factors.authenticator_added, factors.authenticator_removed, factors.authenticator_reset]
    own_changes += [links.social_account_added, links.social_account_removed]
    for change in own_changes:
        change.connect(renew, dispatch_uid="casework.entrance.sealed_accounts.renew")
