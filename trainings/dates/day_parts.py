"""When and where a session is held: the wall clock is what is planned, on both sides of a clock change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F, Max
from django.utils import timezone

from trainings.models import Attendance, DayPart, Session, TrainingPage, Venue
from trainings.refusals import AttendanceNoted, NoSuchTime

BREAK = timedelta(hours=1)
OUT_OF_THE_WAY = timedelta(days=36_500)


@dataclass(frozen=True)
class Part:
    """A day-part as it is planned; `pk` says which day-part of the session it is, none for a new one."""

    starts_at: datetime
    ends_at: datetime
    venue: Venue | None = None
    room: str = ""
    online_link: str = ""
    pk: int | None = None


class Difference(NamedTuple):
    """A day-part as it was and as it is now; None where it was not there yet, or is not any more."""

    was: DayPart | None
    now: DayPart | None

    @property
    def is_moved(self) -> bool:
        """Whether a day-part that stays has another hour or another place, more than a new link."""
        return bool(self.was and self.now and _when_and_where(self.was) != _when_and_where(self.now))

    @property
    def is_seen_by_all(self) -> bool:
        """Whether it is more than a new link, which is for participants only."""
        return self.is_moved or not (self.was and self.now)


def moment(day: date, clock: time) -> datetime:
    """This time on the wall clock; raises `NoSuchTime` in the hour that the change to summer time skips."""
    found = datetime.combine(day, clock, timezone.get_default_timezone())
    if found.astimezone(UTC).astimezone(found.tzinfo).replace(tzinfo=None) != found.replace(tzinfo=None):
        raise NoSuchTime
    return found


def from_defaults(training: TrainingPage, day: date, begins: time, **place) -> list[Part]:
    """The day-parts that the training's length asks for; each next day is a week later, each next part after a break."""
    length = timedelta(minutes=-(-training.duration_minutes // (training.days * training.parts_per_day)))
    parts = []
    for week in range(training.days):
        clock = datetime.combine(day + timedelta(weeks=week), begins)
        for _number in range(training.parts_per_day):
            parts.append(Part(_on_the_wall(clock), _on_the_wall(clock + length), **place))
            clock += length + BREAK
    return parts


def of(session: Session) -> list[Part]:
    """The day-parts of a session as plans."""
    return [
        Part(part.starts_at, part.ends_at, part.venue, part.room, part.online_link, part.pk)
        for part in session.day_parts.select_related("venue")
    ]


def is_over(session: Session) -> bool:
    """Whether its last day-part has ended; a session that has no date yet is not over."""
    ends_at = session.day_parts.aggregate(last=Max("ends_at"))["last"]
    return bool(ends_at and ends_at <= timezone.now())


def moved(parts: Sequence[Part], to: date) -> list[Part]:
    """New day-parts with the same hours and the same days between them, the first one on `to`."""
    days = to - min(timezone.localdate(part.starts_at) for part in parts)
    return [replace(part, starts_at=later(part.starts_at, days), ends_at=later(part.ends_at, days), pk=None) for part in parts]


def later(at: datetime, by: timedelta) -> datetime:
    """The same hour on the wall clock so many days later, whatever the clocks did in between."""
    return _on_the_wall(timezone.localtime(at).replace(tzinfo=None) + by)


def replace_all(session: Session, parts: Iterable[Part]) -> bool:
    """Makes the session's day-parts equal to `parts`, keeping those with a `pk`; returns whether anything changed."""
    parts, old = list(parts), {part.pk: part for part in of(session)}
    kept = {part.pk: part for part in parts if part.pk in old}
    new = [replace(part, pk=None) for part in parts if part.pk not in old]
    changed = [part for pk, part in kept.items() if part != old[pk]]
    _remove(session, old.keys() - kept.keys())
    # Moved aside first: two day-parts may take each other's place, and no two may begin at once on the way.
    session.day_parts.filter(pk__in=[part.pk for part in changed]).update(starts_at=F("starts_at") - OUT_OF_THE_WAY)
    for part in changed:
        session.day_parts.filter(pk=part.pk).update(**_columns(part))
    DayPart.objects.bulk_create(DayPart(session=session, **_columns(part)) for part in new)
    return bool(new or changed or len(kept) < len(old))


def differences(before: Iterable[DayPart], now: Iterable[DayPart]) -> list[Difference]:
    """What a participant would notice of a change, per day-part."""
    old, new = {part.pk: part for part in before}, {part.pk: part for part in now}
    pairs = [Difference(old.get(pk), new.get(pk)) for pk in old | new]
    return [pair for pair in pairs if not (pair.was and pair.now) or pair.is_moved or pair.was.online_link != pair.now.online_link]


def _when_and_where(part: DayPart) -> tuple:
    return part.starts_at, part.ends_at, part.place, part.venue_id


def _remove(session: Session, keys) -> None:
    if Attendance.objects.filter(day_part__in=keys).exists():
        raise AttendanceNoted
    session.day_parts.filter(pk__in=keys).delete()


def _columns(part: Part) -> dict:
    return {
        "starts_at": part.starts_at,
        "ends_at": part.ends_at,
        "venue": part.venue,
        "room": part.room,
        "online_link": part.online_link,
    }


def _on_the_wall(naive: datetime) -> datetime:
    return moment(naive.date(), naive.time())
