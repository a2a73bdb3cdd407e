"""Planning a series: the days of it by a rule or from a list, a look ahead at each, and all of them as drafts at once."""

import calendar
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainings import planning, second_look
from trainings.models import Session, TrainingPage
from trainings.refusals import NoDayChosen, NoDayPart, NoSuchDay, NoSuchTime
from trainings.second_look import Doubt

from . import clashes, day_parts

MOST = 40
WEEKS = {"weekly": 1, "two-weekly": 2}
IN_A_LIST = re.compile(r"[\n,;]+")
WRITTEN = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")


@dataclass(frozen=True)
class Candidate:
    """A day on which a session of the series could begin, and what speaks against it; no day-parts where it cannot be planned."""

    day: date
    parts: list[day_parts.Part]
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing speaks against it, so that it is ticked from the beginning."""
        return bool(self.parts) and not self.doubts


def by_rule(first: date, rule: str, number: int) -> list[date]:
    """`number` days from `first` on: every week, every two weeks, or every month on the same weekday."""
    if rule in WEEKS:
        return [first + timedelta(weeks=WEEKS[rule] * at) for at in range(number)]
    return [_in_month(first, at) for at in range(number)]


def from_list(text: str) -> list[date]:
    """The days that were pasted, one on a line or with commas between; what is no day is refused by name."""
    return sorted({_day(word.strip()) for word in IN_A_LIST.split(text) if word.strip()})


def look_ahead(days: Sequence[date], parts_on, trainers: Iterable) -> list[Candidate]:
    """What each day would bring; `parts_on` gives the day-parts of a session that begins on a day."""
    planned = [(day, *_tried(parts_on, day)) for day in days]
    wanted = [clashes.Wanted(parts, list(trainers)) for _day, parts, _refused in planned]
    off = second_look.days_off({timezone.localdate(part.starts_at) for _day, parts, _refused in planned for part in parts})
    others = zip(clashes.find(wanted), clashes.among(wanted), strict=True)
    return [
        Candidate(day, parts, [*refused, *_past(parts), *_off(parts, off), *second_look.in_words(found), *_doubles(twice, days)])
        for (day, parts, refused), (found, twice) in zip(planned, others, strict=True)
    ]


@transaction.atomic
def plan_series(training: TrainingPage, days: Sequence[date], *, by, **plan) -> list[Session]:
    """A draft on each of these days, or none at all; `plan` is what `plan_session` takes."""
    _refuse_no_days(days)
    return [planning.plan_session(training, by=by, day=day, **plan) for day in days]


@transaction.atomic
def copy_series(session: Session, days: Sequence[date], *, by, form_key: uuid.UUID | None = None) -> list[Session]:
    """A draft like this session on each of these days, or none at all."""
    _refuse_no_days(days)
    return [planning.copy_session(session, by=by, day=day, form_key=form_key) for day in days]


def parts_of_training(training: TrainingPage, begins: time, place: dict):
    """How a session of this training would lie from a day on."""
    return lambda day: day_parts.from_defaults(training, day, begins, **place)


def parts_of_session(session: Session):
    """How a copy of this session would lie from a day on."""
    parts = day_parts.of(session)
    if not parts:
        raise NoDayPart
    return lambda day: day_parts.moved(parts, day)


def _refuse_no_days(days: Sequence[date]) -> None:
    if not days:
        raise NoDayChosen


def _in_month(first: date, later: int) -> date:
    """The same weekday of the same week of a later month; the fifth of a month that has four is its last."""
    years, month = divmod(first.month - 1 + later, 12)
    year, month = first.year + years, month + 1
    start, length = calendar.monthrange(year, month)
    days = range(1 + (first.weekday() - start) % 7, length + 1, 7)
    return date(year, month, days[min((first.day - 1) // 7, len(days) - 1)])


def _day(word: str) -> date:
    for way in WRITTEN:
        try:
            return datetime.strptime(word, way).date()
        except ValueError:
            continue
    raise NoSuchDay(word)


def _tried(parts_on, day: date) -> tuple[list[day_parts.Part], list[Doubt]]:
    try:
        return parts_on(day), []
    except NoSuchTime as refusal:
        return [], [Doubt(str(refusal.sentence))]


def _past(parts: list[day_parts.Part]) -> list[Doubt]:
    begun = any(part.starts_at <= timezone.now() for part in parts)
    return [Doubt(_("This day is in the past, so the draft cannot be published."))] if begun else []


def _off(parts: list[day_parts.Part], off: dict[date, str]) -> list[Doubt]:
    days = dict.fromkeys(timezone.localdate(part.starts_at) for part in parts)
    return [Doubt(off[day]) for day in days if day in off]


def _doubles(twice: list[clashes.Double], days: Sequence[date]) -> list[Doubt]:
    """Said of the later of two days: the earlier one stays ticked."""
    text = _("%(name)s is needed on %(when)s for the session of this series that begins on %(day)s, too.")
    return [
        Doubt(text % {"name": one.what, "when": second_look.when(one.part), "day": date_format(days[one.first], "j F Y")})
        for one in twice
    ]
