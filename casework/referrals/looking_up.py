"""Looking up a name, however it is spelled, among one's own referrals only: opened and compared in memory."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import prefetch_related_objects

from casework import access
from casework.log import audit
from casework.models import Referral

from .names import alike, closed_parts, narrative, words_of


@dataclass(frozen=True)
class Hit:
    """A referral in which the name may stand, and where."""

    referral: Referral
    in_words: bool
    in_closed_part: bool


def look_up(name: str, *, by) -> list[Hit]:
    """Referrals of `by` in which every word of this name stands, or one like it; on record, without the name."""
    sought = words_of(name)
    referrals = access.held_by(by) if sought else []
    prefetch_related_objects(referrals, "thread", "entries", "referrer", "subject")
    hits = [hit for referral in referrals if (hit := _hit(referral, sought))]
    with transaction.atomic():
        audit.record("looked_up", by=by, hits=len(hits))
    return hits


def _hit(referral: Referral, sought: list[str]) -> Hit | None:
    in_words, in_closed_part = _stands_in(narrative(referral), sought), _stands_in(closed_parts(referral), sought)
    return Hit(referral, in_words, in_closed_part) if in_words or in_closed_part else None


def _stands_in(texts: list[str], sought: list[str]) -> bool:
    # Within one text: a first name here and a family name there are two people.
    return any(all(any(alike(word, other) for other in words) for word in sought) for words in map(set, map(words_of, texts)))
