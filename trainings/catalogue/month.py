"""One month of the calendar: its weeks, what is on each day, and the months around it."""

import calendar
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.models import DayPart, Session

from . import wording
from .criteria import Criteria
from .facets import MONTH
from .facts import SessionFacts, TrainingFacts, state_of
from .results import Results, find
from .snapshot import Snapshot, per_training, session_facts

MONTHS_TO_LEAF = 24


class Entry(NamedTuple):
    """One day-part on one day; `number` says which one of its session, `is_first` whether a day begins here."""

    training: TrainingFacts
    session: SessionFacts
    state: str
    starts_at: datetime
    ends_at: datetime
    place: str
    number: int
    is_first: bool = False

    @property
    def url(self) -> str:
        """The place of the session on the page of its training."""
        return f"{reverse('trainings:training', args=[self.training.slug])}#sessie-{self.session.code.lower()}"

    @property
    def lines(self) -> list[str]:
        """Hours and place; of several day-parts, which one."""
        parts = _("part %(n)s of %(parts)s") % {"n": self.number, "parts": self.session.parts} if self.session.parts > 1 else ""
        return [" · ".join(text for text in (wording.hours(self.starts_at, self.ends_at), self.place, parts) if text)]

    @property
    def seats(self) -> dict[str, str]:
        """The words and the mark for the seats."""
        return {"kind": wording.mark(self.state), "text": wording.seats(self.state, self.session.seats_left)}

    @property
    def anchor(self) -> str:
        """Where the grid leads to on a phone."""
        return f"dag-{timezone.localdate(self.starts_at).day}" if self.is_first else ""


class Day(NamedTuple):
    """One cell of the grid."""

    day: date
    entries: list[Entry]
    is_out: bool
    is_today: bool

    @property
    def sessions(self) -> int:
        """How many sessions are on this day: morning and afternoon of one session are one."""
        return len({entry.session.pk for entry in self.entries})


@dataclass(frozen=True)
class Month:
    """A month, named by its first day."""

    first: date

    @property
    def name(self) -> str:
        """As it stands in addresses: `2026-12`."""
        return f"{self.first:%Y-%m}"

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    def begins(self) -> datetime:
        """Its first moment on the clock in Brussels, whichever clock time that is."""
        return _midnight(self.first)

    def ends(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.after)

    def within_reach(self, today: date) -> bool:
        """Whether it is near enough to leaf to; a robot would go on for ever."""
        return abs((self.first.year - today.year) * 12 + self.first.month - today.month) <= MONTHS_TO_LEAF


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def asked_month(criteria: Criteria, today: date, now: Snapshot) -> Month:
    """The month that the address asks for, else the month of the next session that fits, else this one."""
    for name in criteria.chosen.get(MONTH, ()):
        return Month(date.fromisoformat(f"{name}-01"))
    coming = [session.day for result in find(now, criteria).found for session in result.sessions]
    return Month(min(coming, default=today).replace(day=1))


def entries(month: Month, now: Snapshot, criteria: Criteria) -> tuple[list[Entry], Results]:
    """What is on in this month and fits, by time; and the counts for the choices, of trainings that are on this month."""
    on = _sessions(month, now)
    trainings = tuple(training for training in now.trainings if training.pk in on)
    found = find(replace(now, trainings=trainings, sessions=on, memory={}), criteria)
    fitting = {session.pk: (result.training, session) for result in found.found for session in result.sessions}
    rows = [_entry(*fitting[part.session_id], part, now) for part in _parts(month, fitting) if _in(part, month)]
    return _with_first_of_day(rows), found


def _with_first_of_day(rows: list[Entry]) -> list[Entry]:
    days = [timezone.localdate(row.starts_at) for row in rows]
    return [row._replace(is_first=at == 0 or days[at] != days[at - 1]) for at, row in enumerate(rows)]


def _sessions(month: Month, now: Snapshot) -> dict[int, tuple[SessionFacts, ...]]:
    begun = DayPart.objects.filter(starts_at__gte=month.begins(), starts_at__lt=month.ends()).values("session")
    return per_training(session_facts(Session.objects.listed().filter(pk__in=begun)), {training.pk for training in now.trainings})


def _parts(month: Month, sessions) -> list[DayPart]:
    """All day-parts of these sessions, numbered within their session."""
    parts = list(DayPart.objects.filter(session__in=list(sessions)).select_related("venue").order_by("starts_at", "session__code"))
    seen: dict[int, int] = defaultdict(int)
    for part in parts:
        seen[part.session_id] += 1
        part.number = seen[part.session_id]
    return parts


def _in(part: DayPart, month: Month) -> bool:
    return month.begins() <= part.starts_at < month.ends()


def _entry(training: TrainingFacts, session: SessionFacts, part: DayPart, now: Snapshot) -> Entry:
    return Entry(training, session, state_of(session, now.now), part.starts_at, part.ends_at, part.place, part.number)


def weeks(month: Month, rows: list[Entry], today: date) -> list[list[Day]]:
    """The grid, Monday first; days of other months stay empty."""
    per_day = defaultdict(list)
    for row in rows:
        per_day[timezone.localdate(row.starts_at)].append(row)
    grid = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return [[Day(day, per_day[day], day.month != month.first.month, day == today) for day in week] for week in grid]


def nearest_other(month: Month, now: Snapshot, criteria: Criteria) -> SessionFacts | None:
    """For an empty month: the first coming session after it that fits, else the first one at all."""
    coming = sorted(
        (session for result in find(now, criteria).found for session in result.sessions), key=lambda session: session.starts_at
    )
    return next((session for session in coming if session.day >= month.after), coming[0] if coming else None)
