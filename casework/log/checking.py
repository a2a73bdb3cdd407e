"""Checking the audit log: what is new every few minutes, all of it once a day; and what the health check says of it."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from casework.models import LogCheck

from . import chain

ONLY = 1
WHOLE_EVERY = timedelta(days=1)


def check_due() -> chain.Walk:
    """The worker's part: walks from where the last walk ended, or from the first row when that is a day ago or found a fault."""
    last = state()
    return check(whole=last is None or bool(last.faults) or last.whole_at < timezone.now() - WHOLE_EVERY)


def check(*, whole: bool, progress: Callable[[int], object] = lambda number: None) -> chain.Walk:
    """Walks along the log and remembers what was found; what an earlier walk saw must still be there."""
    last = state()
    seen = (last.number, last.mac) if last else None
    walk = chain.verify(after=None if whole else seen, seen=seen, progress=progress)
    _keep(walk, whole=whole)
    return walk


def _keep(walk: chain.Walk, *, whole: bool) -> None:
    now = timezone.now()
    found = {"at": now, "faults": len(walk.faults), "first_fault": walk.faults[0].number if walk.faults else None}
    # A faulty walk saw an end that may not be the end: what was seen before stays what is looked for.
    end = {"number": walk.number, "mac": walk.mac} if walk.is_whole else {}
    LogCheck.objects.update_or_create(pk=ONLY, defaults=found | end | ({"whole_at": now} if whole else {}))


def state() -> LogCheck | None:
    """What the last walk found; none before the first one."""
    return LogCheck.objects.filter(pk=ONLY).first()


def note() -> str:
    """A line of the health check: empty as long as the log is whole and was walked along lately."""
    last = state()
    if last is None:
        return "the audit log was never checked"
    if last.faults:
        return "the audit log is not whole"
    too_old = last.at < timezone.now() - settings.LOG_CHECK_TOO_OLD
    return "the audit log was not checked for too long" if too_old else ""
