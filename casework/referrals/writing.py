"""What a case manager writes down: notes, advice, actions taken and the judgement of the boundary."""

from django.db import transaction

from casework import access
from casework.log import audit
from casework.models import Entry, Referral

from .refusals import NotOpen
from .sent_twice import just_written

Kind = Entry.Kind


@transaction.atomic
def write_note(referral: Referral, *, text: str, by) -> Entry:
    """Notes something for who reads this referral later."""
    return _write(referral, Kind.NOTE, {"text": text}, by)


@transaction.atomic
def give_advice(referral: Referral, *, text: str, by) -> Entry:
    """Records the advice of the case manager, which closing needs (I5)."""
    return _write(referral, Kind.ADVICE, {"text": text}, by)


@transaction.atomic
def add_action(referral: Referral, *, text: str, by) -> Entry:
    """Adds an action that was taken, by whomever (I4)."""
    return _write(referral, Kind.ACTION, {"text": text}, by)


@transaction.atomic
def judge_boundary(referral: Referral, *, boundary: str, text: str, by) -> Entry:
    """The case manager judges which boundary is (threatened to be) crossed; "none" is a full answer (I10)."""
    return _write(referral, Kind.BOUNDARY, {"boundary": boundary, "text": text}, by)


def latest(referral: Referral, kind: str) -> Entry | None:
    """The last thing of this kind that was written."""
    return referral.entries.filter(kind=kind).order_by("-at", "-id").first()


def _write(referral: Referral, kind: str, text: dict, by) -> Entry:
    referral = access.own(referral, by=by)
    if not referral.is_open and kind != Kind.NOTE:
        raise NotOpen
    if referral.state == Referral.State.EXPIRED:
        raise NotOpen
    if before := just_written(referral.entries, by=by, text=text, kind=kind):
        return before
    entry = Entry.objects.create(referral=referral, kind=kind, by=by, text=text)
    audit.record(f"{kind}_written", by=by, about=referral)
    return entry
