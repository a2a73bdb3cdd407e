"""When and where the demo's sessions are held: on school days around today, at the hours that their texts speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from trainings.dates.school_holidays import school_holiday
from trainings.dates.working_days import is_working_day

BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS_AROUND = range(1, 175)
BREAK = timedelta(hours=1)
APART = timedelta(weeks=3)  # two sessions of one training
MORNING, AFTERNOON = time(9, 0), time(13, 30)


def is_school_day(day: date) -> bool:
    """Whether schools and offices are open."""
    return is_working_day(day) and not school_holiday(day)


@dataclass(frozen=True)
class Part:
    """Start, end and place of one day-part: a room by its slug, or the screen, or both."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    online: bool


@dataclass(frozen=True)
class Appointment:
    """A training on its days."""

    training: dict
    parts: tuple[Part, ...]

    @property
    def starts_at(self) -> datetime:
        return self.parts[0].starts_at


class Diary:
    """Finds days for one session after another, so that no trainer and no room is needed twice on a day."""

    def __init__(self, today: date, venues: Sequence[dict]):
        around = [timedelta(days=number) for number in DAYS_AROUND]
        self.today = today
        self.coming = [today + days for days in around if is_school_day(today + days)]
        self.past = [today - days for days in around if is_school_day(today - days)]
        self.venues = sorted(venues, key=lambda venue: venue["capacity"])
        self.taken: set[tuple[date, str]] = set()
        self.planned: list[tuple[str, date]] = []

    def plan(self, training: dict, share: float, *, past: bool = False) -> Appointment:
        """The session on the first days that suit it, from `share` of the way to half a year from today (or before it) on."""
        days = self.past if past else self.coming
        first = int(len(days) * share)
        for dates in (_dates(training, day) for day in [*days[first:], *days[:first]]):
            room = next((room for room in self._rooms(training) if self._is_free(dates, room)), None)
            if room is not None and self._suits(training, dates):
                self.taken.update((day, name) for day in dates for name in [*training["trainers"], room])
                self.planned.append((training["code"], dates[0]))
                return Appointment(training, tuple(_parts(training, dates, room, [MORNING, AFTERNOON][len(self.planned) % 2])))
        raise LookupError(f"no day suits {training['code']}")

    def _suits(self, training: dict, dates: list[date]) -> bool:
        return (
            all(is_school_day(day) for day in dates)
            and dates[0].weekday() in training.get("weekdays", range(5))
            and (dates[0] > self.today or dates[-1] < self.today)
            and all(abs(dates[0] - day) >= APART for code, day in self.planned if code == training["code"])
            and all(self._is_free(dates, name) for name in training["trainers"])
        )

    def _rooms(self, training: dict) -> list[str]:
        """Rooms that are large enough, another one each time before the other three that fit best; online needs none."""
        if training["format"] == "online":
            return [""]
        if "venue" in training:
            return [training["venue"]]
        large = [venue["slug"] for venue in self.venues if venue["capacity"] >= training["group_max"]]
        best, turn = large[:4], len(self.planned) % 4
        return [*best[turn:], *best[:turn], *large[4:]]

    def _is_free(self, dates: list[date], name: str) -> bool:
        return not name or all((day, name) not in self.taken for day in dates)


def _dates(training: dict, first: date) -> list[date]:
    between = timedelta(weeks=training.get("weeks_between", 1))
    return [first + number * between for number in range(training["days"])]


def _parts(training: dict, dates: list[date], room: str, usual: time) -> Iterator[Part]:
    lengths, a_day = iter(training["parts"]), len(training["parts"]) // len(dates)
    starts = training.get("starts") or [usual if a_day == 1 else MORNING] * len(dates)
    from_home = training.get("online_days", [])
    for number, (day, start) in enumerate(zip(dates, starts, strict=True), start=1):
        clock = datetime.combine(day, start, BRUSSELS)
        for minutes in islice(lengths, a_day):
            ends, at_home = clock + timedelta(minutes=minutes), number in from_home
            online = at_home or training["format"] == "online" or (training["format"] == "hybrid" and not from_home)
            yield Part(clock, ends, "" if at_home else room, online)
            clock = ends + BREAK
