"""A letter of the exchange becomes what it is: a referral, an addition, a withdrawal or an identity. Nothing typed is lost."""

import hmac

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.entrance import seals
from casework.log import audit
from casework.models import Message, PulledRow, Referral, Referrer, VoidedCode
from casework.watching import canary

from . import alerts, identity, passage, working_days
from .letters import Letter
from .refusals import NoIdentity
from .withdrawing import withdrawn_by_code

LOOSE = "loose"  # the mark of what came without the referral that it belongs to


@transaction.atomic
def take_in(row, letter: Letter) -> bool:
    """Keeps a letter and the acknowledgement of it, once for each row of the exchange; False when it was taken in before."""
    if not PulledRow.objects.get_or_create(pk=row)[1]:
        return False
    if letter.kind == "canary" or canary.is_canary(letter.words):
        canary.came_back(letter.marker or letter.told)
        return True
    known, is_its_own = _known(letter)
    referral = KINDS[letter.kind](letter, known, is_its_own)
    if is_its_own:
        passage.answer_out(letter.lookup, letter.key, "received", of=letter.kind)
    if referral:
        alerts.something_new(referral)
    audit.record("arrived", by=None, about=referral, what=letter.kind)
    return True


def _known(letter: Letter) -> tuple[Referral | None, bool]:
    """The referral with this code, locked; and whether who wrote this holds a code that counts.

    Look-ups can be read in the public database, keys can't: a letter that knows the one and not the other is a stranger's.
    """
    found = Referral.objects.select_for_update().filter(lookup=letter.lookup).first()
    if found is None:
        return None, not VoidedCode.objects.filter(lookup=letter.lookup).exists()
    is_its_own = hmac.compare_digest(bytes(found.answer_key), letter.key)
    return (found, True) if is_its_own else (None, False)


def _referral(letter: Letter, known: Referral | None, is_its_own: bool) -> Referral:
    if known is None:
        return _new(letter, is_its_own, outline={"sector": letter.sector}, words=letter.words)
    _add(known, {"text": letter.told, "words": letter.words})
    _who(letter, known)
    return known


def _addition(letter: Letter, known: Referral | None, is_its_own: bool) -> Referral:
    if known is None:
        return _new(letter, is_its_own, outline={"sector": "", "mark": LOOSE}, words={"worry": letter.told})
    _add(known, {"text": letter.told})
    return known


def _identity(letter: Letter, known: Referral | None, is_its_own: bool) -> Referral:
    if known is None:
        return _new(letter, is_its_own, outline={"sector": "", "mark": LOOSE}, words={})
    identity.put(known, letter.identity, day=letter.day)
    return _with_news(known)


def _withdrawal(letter: Letter, known: Referral | None, is_its_own: bool) -> Referral | None:
    if known is None:
        return None  # erased already, most likely: nothing was typed, and nothing is lost
    withdrawn_by_code(known)
    return _with_news(known)


def _identity_withdrawal(letter: Letter, known: Referral | None, is_its_own: bool) -> Referral | None:
    if known is None:
        return None
    try:
        identity.empty(known)
    except NoIdentity:
        identity.say(known, "identity_withdrawal_asked")  # released before, or never there
    return _with_news(known)


KINDS = {
    "referral": _referral,
    "addition": _addition,
    "identity": _identity,
    "withdrawal": _withdrawal,
    "identity_withdrawal": _identity_withdrawal,
}


def _new(letter: Letter, is_its_own: bool, *, outline: dict, words: dict) -> Referral:
    code = {"lookup": letter.lookup, "answer_key": letter.key} if is_its_own else {}
    due = working_days.after(letter.day, settings.ANSWER_WITHIN_DAYS)
    new = Referral(day=letter.day, outline=outline, words=words, answer_due=due, has_news=True, **code)
    seals.seal_code(new).save(force_insert=True)
    _who(letter, new)
    return new


def _who(letter: Letter, referral: Referral) -> None:
    if letter.referrer:
        known = Referrer.objects.filter(referral=referral).first() or Referrer(referral=referral)
        earlier = [known.identity] if known.identity else []
        known.identity = letter.referrer | ({"earlier": earlier} if earlier else {})
        known.save()
    if letter.identity:
        identity.put(referral, letter.identity, day=letter.day)


def _add(referral: Referral, text: dict) -> None:
    Message.objects.create(referral=referral, direction=Message.Direction.IN, text=text)
    if referral.answer_due is None and referral.is_open:
        referral.answer_due = working_days.after(timezone.localdate(), settings.ANSWER_WITHIN_DAYS)
    _with_news(referral)


def _with_news(referral: Referral) -> Referral:
    referral.has_news = True
    referral.save(update_fields=["has_news", "answer_due"])
    return referral
