"""The history of bookings as partners read it: what happened in plain words, and who did it without naming the team."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.models import Booking, HistoryEntry, Session

Verb = HistoryEntry.Verb
BEYOND = re.compile(r"\s*\(\+\d+\)$|^\+\d+$")  # how far beyond the last seat: the team's affair


@dataclass(frozen=True)
class Told:
    """One line: when, what, about whom, and who did it."""

    at: datetime
    what: str
    detail: str
    who: str


def told(booking: Booking, reader) -> list[Told]:
    """Everything that happened to this booking, the newest first, for somebody who may see it."""
    entries = booking.history.select_related("by").prefetch_related("by__groups")
    days = _days_of_moves(booking, entries)
    return [_told(entry, reader, days) for entry in entries]


def told_of_each(entries, reader) -> list[tuple[HistoryEntry, Told]]:
    """The same for entries of several bookings, each with its line; a move keeps the codes of its sessions."""
    prefetch_related_objects(entries, "by__groups")
    return [(entry, _told(entry, reader, {})) for entry in entries]


def _told(entry: HistoryEntry, reader, days: dict[str, str]) -> Told:
    return Told(entry.at, entry.get_verb_display(), _detail(entry, days), _who(entry, reader))


def _detail(entry: HistoryEntry, days: dict[str, str]) -> str:
    detail = BEYOND.sub("", entry.detail)
    if detail.isdecimal():
        return ngettext("%(n)s seat", "%(n)s seats", int(detail)) % {"n": detail}
    for code, day in days.items():
        detail = detail.replace(code, day)
    return detail


def _days_of_moves(booking: Booking, entries) -> dict[str, str]:
    """The day of each session that people were moved from or to, by its code: a code says nothing to a booker."""
    if not any(entry.verb == Verb.MOVED for entry in entries):
        return {}
    keys = [*booking.moved_to.values_list("session", flat=True), *([booking.moved_from.session_id] if booking.moved_from else [])]
    starts = Session.objects.filter(pk__in=keys).annotate(first=Min("day_parts__starts_at")).values_list("code", "first")
    return {code: date_format(timezone.localtime(first), "j F Y") if first else _("another date") for code, first in starts}


def _who(entry: HistoryEntry, reader) -> str:
    if entry.by is None:
        return ""
    if entry.by == reader:
        return _("you")
    # Whoever of the team did it, did it for the team.
    return _("the team") if entry.by.works_for_the_team else str(entry.by)
