"""An account is asked for its seal at every request and before its password: a row written past the application opens nothing."""

import logging
import time
from collections.abc import Collection
from contextlib import contextmanager
from functools import wraps

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.shortcuts import redirect

from casework.closed import closed, is_closed_by
from casework.log import audit

from . import accounts, seals
from .refusals import SealBroken

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


def changes_account(view, *means: str):
    """For a page where somebody changes these of the own means to sign in: the change and the seal are one commit.

    What else was written into the account meanwhile is not sealed along with it: the change is taken back, and the session ends.
    """

    @wraps(view)
    def changed(request, *args, **kwargs):
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        try:
            with own_change(request, *means):
                return view(request, *args, **kwargs)
        except SealBroken:
            return redirect("account_login")

    return changed


@contextmanager
def own_change(request, *means: str):
    """One commit with the seal, renewed where only these means differ; else the session ends, and `SealBroken` is raised."""
    user, key = request.user, request.session.session_key
    try:
        with transaction.atomic():
            yield from _watched(user, means)
    except SealBroken:
        report_broken(user)
        _end_session(request, key)
        raise


def _watched(user, means: Collection[str]):
    # Locked, as by all verbs that change an account: what an administrator decides meanwhile is no break-in.
    accounts.lock(user)
    before = seals.facts_that_hold(user)
    if before is None:
        raise SealBroken
    yield
    after = seals.facts_of_account(user.pk)
    if seals.facts_but_for(after, means) != seals.facts_but_for(before, means):
        raise SealBroken
    # A new password is the one that this request set, and no other.
    if seals.password_in(after) not in (seals.password_in(before), user.password):
        raise SealBroken
    if after != before:
        # These facts and no others: what is written from here on is not in them.
        seals.seal_account(user, after)
        audit.record("changed_own_sign_in", by=user, about=user)


def _end_session(request, key: str) -> None:
    # What was taken back may be another key for this session: the row with the one before is there again.
    request.session.delete(key)
    logout(request)
    list(messages.get_messages(request))  # what the page was about to say is not so
