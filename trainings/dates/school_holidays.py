"""The school holidays of Flanders: as the team's table has them, and by the rules that fix them for any other year."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.models import SchoolHoliday

from .working_days import easter

Holiday = tuple[date, date, str | Promise]


def table() -> Callable[[date], str]:
    """Names the holiday that a day lies in: by the team's table, asked once; by the rules in years that it says nothing of."""
    rows = list(SchoolHoliday.objects.values_list("first_day", "last_day", "name"))
    years = {first.year for first, _last, _name in rows}

    def name_of(day: date) -> str:
        reckoned = [holiday for year in (day.year - 1, day.year) if year not in years for holiday in begun_in(year)]
        return next((str(name) for first, last, name in [*rows, *reckoned] if first <= day <= last), "")

    return name_of


def fill_table(years: Iterable[int]) -> int:
    """Puts the holidays of these years into the table, as far as it says nothing of a year; returns how many."""
    known = set(SchoolHoliday.objects.values_list("first_day__year", flat=True))
    rows = [
        SchoolHoliday(first_day=first, last_day=last, name=str(name))
        for year in years
        if year not in known
        for first, last, name in begun_in(year)
    ]
    return len(SchoolHoliday.objects.bulk_create(rows))


def school_holiday(day: date) -> str | Promise:
    """The name of the holiday that this day lies in; empty when there is school."""
    holidays = begun_in(day.year - 1) + begun_in(day.year)
    return next((name for first, last, name in holidays if first <= day <= last), "")


@lru_cache(maxsize=32)
def begun_in(year: int) -> list[Holiday]:
    """The holidays that begin in a year: first day, last day and name."""
    sunday = easter(year)
    bridge = sunday + timedelta(days=40)
    return [
        _weeks(1, sunday - timedelta(days=48), _("spring half-term")),  # the seventh Monday before Easter
        _weeks(2, _spring(sunday), _("Easter holidays")),
        (bridge, bridge, _("day after Ascension Day")),
        (date(year, 7, 1), date(year, 8, 31), _("summer holidays")),
        # The week of 1 November; when that is a Sunday, the week after.
        _weeks(1, _monday(date(year, 11, 2)), _("autumn half-term")),
        # The week of 25 December; when that is a Saturday or Sunday, the week after.
        _weeks(2, _monday(date(year, 12, 27)), _("Christmas holidays")),
    ]


def _spring(sunday: date) -> date:
    """The first Monday of April; near Easter when that is in March or after 15 April."""
    if sunday.month == 3:
        return sunday + timedelta(days=1)
    return sunday - timedelta(days=13) if sunday > date(sunday.year, 4, 15) else _monday(date(sunday.year, 4, 7))


def _monday(day: date) -> date:
    """The Monday of the week that this day lies in."""
    return day - timedelta(days=day.weekday())


def _weeks(number: int, monday: date, name) -> Holiday:
    return monday, monday + timedelta(weeks=number, days=-1), name
