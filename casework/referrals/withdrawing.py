"""A referrer takes a referral back: before anything goes further, and without giving a reason."""

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.utils import timezone

from casework import access
from casework.log import audit
from casework.models import Referral, SubjectIdentity

from . import retention
from .identity import empty, say
from .refusals import NoIdentity, TooLateToWithdraw, WithoutReferrer
from .steps import step

Means = SubjectIdentity.Means


@transaction.atomic
def withdraw_referral(referral: Referral, *, day: date | None, means: str, by) -> Referral:
    """Records that the referrer takes it back: on this day, by phone, during a visit or by mail."""
    referral = access.own(referral, by=by)
    if day is None or day > timezone.localdate() or means not in (Means.PHONE, Means.VISIT, Means.MAIL):
        raise WithoutReferrer
    if not referral.is_open:
        raise TooLateToWithdraw
    _take_back(referral, means=means, by=by)
    audit.record("withdrawn", by=by, about=referral, means=means, day=day)
    return referral


def withdrawn_by_code(referral: Referral) -> None:
    """The referrer withdrew it with the code; what is closed already is at least erased as soon as what is withdrawn."""
    if referral.is_open:
        _take_back(referral)
        return
    say(referral, "withdrawal_asked")
    if referral.erase_on:
        referral.erase_on = min(referral.erase_on, retention.end_of(Referral.State.WITHDRAWN, timezone.localdate()))
        referral.save(update_fields=["erase_on"])


def _take_back(referral: Referral, *, means: str = Means.CODE, by=None) -> None:
    with suppress(NoIdentity):  # none was offered, or it was released with the referrer's consent
        empty(referral, means=means, by=by)
    say(referral, "withdrawn", means=means, by=by)
    step(referral, Referral.State.WITHDRAWN)
