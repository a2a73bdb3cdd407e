"""Talking with the referrer: an answer sealed to the code, and what was said by phone, during a visit or by mail."""

from django.db import transaction

from casework import access
from casework.log import audit
from casework.models import Message, Referral, SubjectIdentity

from . import passage
from .refusals import CannotAnswer, NotOpen
from .sent_twice import just_written

Direction, Means = Message.Direction, SubjectIdentity.Means


@transaction.atomic
def answer_referrer(referral: Referral, *, text: str, by) -> Message:
    """Answers who holds the code; only the code opens it."""
    referral = access.own(referral, by=by)
    if not referral.can_be_answered or not referral.has_code:
        raise CannotAnswer
    if before := _just_said(referral, text, by, direction=Direction.OUT, means=Means.CODE):
        return before
    message = keep(referral, Direction.OUT, Means.CODE, text, by)
    passage.answer_to(referral, "answer", text=text)
    audit.record("answered", by=by, about=referral)
    return message


@transaction.atomic
def record_talk(referral: Referral, *, direction: str, means: str, text: str, by) -> Message:
    """Writes down what the referrer said, or what was said to the referrer, without the code."""
    referral = access.own(referral, by=by)
    if referral.state == Referral.State.EXPIRED or means == Means.CODE:
        raise NotOpen
    if before := _just_said(referral, text, by, direction=direction, means=means):
        return before
    message = keep(referral, direction, means, text, by)
    audit.record("talk_recorded", by=by, about=referral, means=means, direction=direction)
    return message


def _just_said(referral: Referral, text: str, by, **how: str) -> Message | None:
    return just_written(referral.thread, by=by, text={"text": text}, **how)


def keep(referral: Referral, direction: str, means: str, text: str, by) -> Message:
    message = Message.objects.create(referral=referral, direction=direction, means=means, by=by, text={"text": text})
    if direction == Direction.OUT and referral.answer_due:
        referral.answer_due = None
        referral.save(update_fields=["answer_due"])
    return message
