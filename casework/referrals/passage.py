"""What goes back through the exchange: sealed answers, each with an id of its own, brought until they are there."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from casework.entrance import seals
from casework.models import OutgoingAnswer, Referral, VoidedCode
from exchange import sealing
from exchange.models import SealedAnswer
from exchange.sealing import Kind

from .refusals import CodeBroken

# Where a process may die: between each two of these commits, a test kills it and runs it again.
POINTS = ("kept", "inserted", "marked", "answered", "deleted")

# An answer on its way when its code was voided may arrive after that, and so may somebody who still has the old code.
VOID_FOR = timedelta(days=400)


def reached(point: str) -> None:
    """Told at each of the points above; the tests of crashes stand there."""


def answer_out(lookup: str, answer_key: bytes, kind: str, **words) -> OutgoingAnswer:
    """Puts an answer for the holder of a code among the outgoing, in the transaction of the caller."""
    day = timezone.localdate()
    body = {"v": 1, "kind": kind, "day": day.isoformat()} | words
    number = OutgoingAnswer.objects.filter(lookup=lookup).count()
    sealed = sealing.seal(Kind.ANSWER, body, [answer_key])
    return OutgoingAnswer.objects.create(lookup=lookup, number=number, body=sealed)


def answer_to(referral: Referral, kind: str, **words) -> None:
    """The same for who referred; without a code there is nobody to tell.

    Raises `CodeBroken` where the code was changed past casework: it would be somebody else who reads.
    """
    if not seals.code_holds(referral):
        raise CodeBroken
    if referral.lookup and referral.answer_key:
        answer_out(referral.lookup, bytes(referral.answer_key), kind, **words)


def tell_status(referral: Referral, state: str) -> None:
    """The coarse status, for who holds the code."""
    if seals.code_holds(referral):
        answer_to(referral, "status", state=state)


def bring(lookup: str | None = None) -> int:
    """The worker's part: brings what waits to the exchange. Repeating it after a crash doubles nothing: the ids are fixed."""
    waiting = OutgoingAnswer.objects.filter(brought_at=None).order_by("made_at", "number")
    if lookup:
        waiting = waiting.filter(lookup=lookup)
    number = 0
    for answer in waiting:
        _insert(answer)
        reached("inserted")
        OutgoingAnswer.objects.filter(pk=answer.pk).update(brought_at=timezone.now())
        reached("marked")
        number += 1
    return number


def _insert(answer: OutgoingAnswer) -> None:
    row = SealedAnswer(id=answer.pk, lookup=answer.lookup, number=answer.number, day=_day(answer), body=answer.body)
    SealedAnswer.objects.bulk_create([row], ignore_conflicts=True)


def _day(answer: OutgoingAnswer):
    return timezone.localtime(answer.made_at).date()


def void(lookup: str) -> None:
    """From now on this code opens nothing: what waits for it is thrown away here, and its answers in the exchange by the worker."""
    OutgoingAnswer.objects.filter(lookup=lookup).delete()
    VoidedCode.objects.get_or_create(lookup=lookup)


def clear_void() -> int:
    """The worker's part: deletes the answers to codes that count no more."""
    lookups = list(VoidedCode.objects.values_list("lookup", flat=True))
    number = SealedAnswer.objects.filter(lookup__in=lookups).delete()[0] if lookups else 0
    VoidedCode.objects.filter(lookup__in=lookups, at__lt=timezone.now() - VOID_FOR).delete()
    return number


def replace_code(referral: Referral, receipt) -> None:
    """Gives a referral, which the caller has locked, another code; the old one is void."""
    with transaction.atomic():
        if referral.lookup:
            void(referral.lookup)
        referral.lookup, referral.answer_key = receipt.lookup, receipt.public_key
        seals.seal_code(referral).save(update_fields=["lookup", "answer_key", "code_mac"])
