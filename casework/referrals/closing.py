"""Closing a referral: with advice, by naming where it goes instead, or as prevention without any personal data."""

from django.db import transaction

from casework import access
from casework.log import audit
from casework.models import Entry, Referral

from . import names, passage
from .answering import Direction, Means, keep
from .refusals import NamesGoAlong, NoAdviceYet, NoDestination, StillUnanswered
from .steps import step
from .writing import latest

State = Referral.State


def waits_for_an_answer(referral: Referral) -> bool:
    """Whether somebody who has a code was told nothing since they last wrote, or nothing at all."""
    if not (referral.has_code and referral.is_open):
        return False
    last = referral.thread.order_by("-at", "-id").first()
    return last is None or last.direction != Direction.OUT


@transaction.atomic
def close_with_advice(referral: Referral, *, text: str = "", unanswered: bool = False, by) -> Referral:
    """Closes with the advice that was recorded before (I5); `text` goes to the referrer as a last answer.

    Who waits for an answer gets one, or `unanswered` says that it is closed without; so for every way of closing.
    """
    referral = access.own(referral, by=by)
    if latest(referral, Entry.Kind.ADVICE) is None:
        raise NoAdviceYet
    return _close(referral, State.ADVISED_CLOSED, {}, answer=text, unanswered=unanswered, by=by)


@transaction.atomic
def redirect_referral(referral: Referral, *, destination: str, note: str, text: str = "", unanswered: bool = False, by) -> Referral:
    """Closes what others can do better: `destination` is named, `note` says what was agreed with the referrer."""
    referral = access.own(referral, by=by)
    if not destination.strip():
        raise NoDestination
    kept = {"destination": destination, "text": note}
    return _close(referral, State.REDIRECTED, kept, answer=text, unanswered=unanswered, by=by)


@transaction.atomic
def to_prevention(referral: Referral, *, theme: str, sure: bool = False, text: str = "", unanswered: bool = False, by) -> Referral:
    """Closes as something for prevention: `theme` is what may go along, and no personal data does (I9).

    Raises `NamesGoAlong` for what is known as personal; for what only looks like a name, `sure` says that it is none.
    """
    referral = access.own(referral, by=by)
    if found := names.personal_in(theme, referral):
        raise NamesGoAlong(found)
    if not sure and (found := names.perhaps_personal_in(theme, referral)):
        raise NamesGoAlong(found, perhaps=True)
    return _close(referral, State.TO_PREVENTION, {"text": theme}, answer=text, unanswered=unanswered, by=by)


def _close(referral: Referral, state: str, note: dict, *, answer: str, unanswered: bool, by) -> Referral:
    if not answer and not unanswered and waits_for_an_answer(referral):
        raise StillUnanswered
    if answer and referral.has_code and referral.is_open:
        keep(referral, Direction.OUT, Means.CODE, answer, by)
        passage.answer_to(referral, "answer", text=answer)
    step(referral, state)
    Entry.objects.create(referral=referral, kind=Entry.Kind.CLOSING, by=by, text=note | {"state": str(state)})
    audit.record("closed", by=by, about=referral, state=state)
    return referral
