"""Everything ends: how long what is closed is kept, who is warned, and what is left afterwards."""

import calendar
import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.log import audit
from casework.models import Alarm, Referral
from casework.models.referral import new_reference
from casework.watching import alarms

from . import passage

logger = logging.getLogger(__name__)
WARN = (30, 7)  # days ahead


def end_of(state: str, day: date) -> date:
    """The day on which a referral that came to this state on `day` is erased."""
    term = settings.RETENTION[state]
    return _months_after(day, term.get("months", 0)) + timedelta(days=term.get("days", 0))


def source_of(state: str) -> str:
    """Where the term of this state comes from, in words for people."""
    return settings.RETENTION[state]["source"]


def ending_soon(referrals: list[Referral]) -> list[Referral]:
    """Those of these referrals that are erased within the first warning, the nearest first."""
    limit = timezone.localdate() + timedelta(days=WARN[0])
    ends = [(each.erase_on, each.reference, each) for each in referrals if each.erase_on and each.erase_on <= limit]
    return [each for _day, _reference, each in sorted(ends, key=lambda end: end[:2])]


def is_urgent(referral: Referral) -> bool:
    """Whether it is time for the second warning."""
    return bool(referral.erase_on and referral.erase_on <= timezone.localdate() + timedelta(days=WARN[1]))


def erase_due() -> int:
    """The worker's part: empties what is due and leaves a tombstone; returns how many. Sounds an alarm where one does not go."""
    due = Referral.objects.filter(erase_on__lte=timezone.localdate()).exclude(state=Referral.State.EXPIRED)
    done = [_safely(pk) for pk in list(due.values_list("pk", flat=True))]
    if None in done:
        alarms.sound(Alarm.Kind.ERASING, seen_at=timezone.now())
    return sum(filter(None, done))


def _safely(pk) -> bool | None:
    # One that breaks something must not keep what is behind it past its end.
    try:
        return _erase(pk)
    except Exception as error:
        logger.error("retention: a referral was not erased: %s", type(error).__name__, extra={"row": str(pk)})
        return None


@transaction.atomic
def _erase(pk) -> bool:
    # Locked and asked again: the end may have been put off, or another worker may have been here.
    referral = Referral.objects.select_for_update().get(pk=pk)
    if referral.state == Referral.State.EXPIRED or referral.erase_on > timezone.localdate():
        return False
    for related in ("thread", "entries", "handovers", "grants"):
        getattr(referral, related).all().delete()
    for name in ("referrer", "subject"):
        if hasattr(referral, name):
            getattr(referral, name).delete()
    if referral.lookup:
        passage.void(referral.lookup)
    _bury(referral)
    audit.record("erased", by=None, about=referral)
    return True


def _bury(referral: Referral) -> None:
    """What is left: that there was one, in which quarter, and how it ended."""
    day = referral.day
    referral.outline = {"quarter": f"{day.year}Q{(day.month + 2) // 3}", "outcome": str(referral.state)}
    referral.words = {}
    referral.reference, referral.source, referral.state = new_reference(), "", Referral.State.EXPIRED
    referral.day = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    referral.changed_on = timezone.localdate()
    referral.lookup = referral.answer_key = referral.answer_due = None
    referral.code_mac = ""
    referral.has_news = False
    referral.save()


def _months_after(day: date, number: int) -> date:
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
