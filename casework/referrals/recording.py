"""A referral by phone, visit, mail or from a member, recorded as if it were typed on the site; and the code that is handed over."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casework import access
from casework.entrance import granting
from casework.log import audit
from casework.models import Referral, Referrer, Role
from exchange.receipts import Receipt

from . import identity, passage, working_days
from .refusals import CannotAnswer, NotACaseManager, ShownAlready

MEANS = {"phone": "phone", "visit": "visit", "mail": "mail", "member": "visit"}


@transaction.atomic
def record_referral(
    *,
    form_key: UUID,
    source: str,
    day: date,
    sector: str,
    words: dict,
    referrer: dict | None = None,
    subject: dict | None = None,
    by,
) -> Referral:
    """Keeps what somebody told, and makes `by` its case manager. The same form arrives once."""
    if not access.has_role(by, Role.Kind.CASE_MANAGER):
        raise NotACaseManager
    due = working_days.after(day, settings.ANSWER_WITHIN_DAYS)
    what = {"source": source, "day": day, "outline": {"sector": sector}, "words": words, "answer_due": due}
    referral, made = Referral.objects.get_or_create(pk=form_key, defaults=what | {"state": Referral.State.IN_CONSULT})
    if not made:
        return access.own(referral, by=by)
    granting.give(referral, by, by=by)
    if referrer:
        Referrer.objects.create(referral=referral, identity=referrer)
    if subject:
        identity.put(referral, subject, day=day, means=MEANS[source], recorded_by=by)
    audit.record("recorded", by=by, about=referral, source=source, day=day)
    return referral


def turn_of(referral: Referral) -> str:
    """Stands for the code that counts now, or for none; tells nothing of it."""
    return salted_hmac("casework.code", referral.lookup or "none").hexdigest()[:16]


@transaction.atomic
def hand_out_code(referral: Referral, *, by, turn: str | None = None) -> Receipt:
    """A code for the referrer, to read aloud now: it is stored nowhere. One that was given before is void from here on.

    `turn` is what `turn_of` said when this was asked for; where another code came in between, raises `ShownAlready`.
    """
    referral = access.own(referral, by=by)
    if turn is not None and turn != turn_of(referral):
        raise ShownAlready
    if referral.state in (Referral.State.WITHDRAWN, Referral.State.EXPIRED):
        raise CannotAnswer
    receipt, was_there = Receipt.new(), referral.has_code
    passage.replace_code(referral, receipt)
    passage.answer_out(receipt.lookup, receipt.public_key, "received", of="referral")
    audit.record("code_replaced" if was_there else "code_handed_out", by=by, about=referral, day=timezone.localdate())
    return receipt
