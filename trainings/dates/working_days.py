"""Counting in working days: Monday to Friday, without the public holidays of Belgium."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

FIXED = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)]
# Easter Monday, Ascension Day and Whit Monday, in days after Easter Sunday.
AFTER_EASTER = [1, 39, 50]


def is_working_day(day: date) -> bool:
    """Whether offices are open on this day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def before(day: date, number: int) -> date:
    """The day that lies `number` working days before `day`."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def after(day: date, number: int, *, closed: Callable[[date], object] = lambda day: False) -> date:
    """The day that lies `number` working days after `day`; days that are `closed` do not count either."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day) and not closed(day)
    return day


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """The ten public holidays of a year."""
    sunday = easter(year)
    return frozenset([date(year, *day) for day in FIXED] + [sunday + timedelta(days=days) for days in AFTER_EASTER])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Gauss' rule as Meeus gives it for all years."""
    golden = year % 19
    century, years = divmod(year, 100)
    skipped, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped - correction + 15) % 30
    leaps, extra = divmod(years, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - extra) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
