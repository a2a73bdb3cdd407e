"""Who the person of concern is: offered by the referrer only, held, and empty again when it is withdrawn (I1, I2)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from casework import access
from casework.log import audit
from casework.models import Message, Referral, SubjectIdentity

from . import passage
from .refusals import NoIdentity, NotOpen, WithoutReferrer

State, Means = SubjectIdentity.State, SubjectIdentity.Means


@transaction.atomic
def offer_identity(referral: Referral, identity: dict, *, day: date | None, means: str, by) -> SubjectIdentity:
    """Records that the referrer gave the identity: on this day, by phone, during a visit or by mail."""
    referral = _open(referral, by)
    subject = put(referral, identity, day=_said_by_the_referrer(day, means), means=means, recorded_by=by)
    audit.record("identity_offered", by=by, about=referral, means=means, day=day)
    return subject


@transaction.atomic
def hold_identity(referral: Referral, *, by) -> SubjectIdentity:
    """The case manager keeps what was offered; the referrer hears that it arrived."""
    referral = _open(referral, by)
    subject = _in(referral, State.OFFERED)
    subject.state = State.HELD
    subject.save(update_fields=["state"])
    passage.tell_status(referral, "identity_held")
    audit.record("identity_held", by=by, about=referral)
    return subject


@transaction.atomic
def withdraw_identity(referral: Referral, *, day: date | None, means: str, by) -> None:
    """Records that the referrer takes the identity back, and empties it."""
    referral = access.own(referral, by=by)
    _said_by_the_referrer(day, means)
    empty(referral, means=means, by=by)
    audit.record("identity_withdrawn", by=by, about=referral, means=means, day=day)


def put(referral: Referral, identity: dict, *, day: date, means: str = Means.CODE, recorded_by=None) -> SubjectIdentity:
    """Puts an identity into its sealed part, in the transaction of the caller; what was there already is kept beside it."""
    subject = SubjectIdentity.objects.select_for_update().filter(referral=referral).first() or SubjectIdentity(referral=referral)
    if subject.state == State.WITHDRAWN:
        subject.state = State.OFFERED
    if before := subject.identity:
        last = {name: it for name, it in before.items() if name != "earlier"}
        identity = identity | {"earlier": [*before.get("earlier", []), last]}
    subject.identity, subject.offered_on, subject.means, subject.recorded_by = identity, day, means, recorded_by
    subject.save()
    say(referral, "identity_offered", means=means, by=recorded_by)
    return subject


def empty(referral: Referral, *, means: str = Means.CODE, by=None) -> None:
    """Empties the identity, in the transaction of the caller; raises `NoIdentity` when it was released or is not there."""
    subject = _in(referral, State.OFFERED, State.HELD)
    subject.state, subject.identity = State.WITHDRAWN, {}
    subject.save(update_fields=["state", "identity"])
    say(referral, "identity_withdrawn", means=means, by=by)
    passage.tell_status(referral, "identity_withdrawn")


def say(referral: Referral, event: str, *, means: str = Means.CODE, by=None) -> None:
    """Notes a step of the referrer in the thread."""
    Message.objects.create(referral=referral, direction=Message.Direction.IN, means=means, by=by, text={"event": event})


def _in(referral: Referral, *states: str) -> SubjectIdentity:
    subject = SubjectIdentity.objects.select_for_update().filter(referral=referral, state__in=states).first()
    if subject is None:
        raise NoIdentity
    return subject


def _open(referral: Referral, by) -> Referral:
    referral = access.own(referral, by=by)
    if not referral.is_open:
        raise NotOpen
    return referral


def _said_by_the_referrer(day: date | None, means: str) -> date:
    if day is None or day > timezone.localdate() or means not in (Means.PHONE, Means.VISIT, Means.MAIL):
        raise WithoutReferrer
    return day
