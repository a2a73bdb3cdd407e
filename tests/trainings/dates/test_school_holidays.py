"""The school holidays of Flanders, held against the calendars that the government published."""

from datetime import date

import pytest

from trainings.dates.school_holidays import begun_in, school_holiday


def days(year):
    return [f"{first:%d/%m/%Y}–{last:%d/%m/%Y}" for first, last, _name in begun_in(year)]


@pytest.mark.parametrize(
    ("year", "published"),
    [
        # Easter on 31 March, on 20 April and on 5 April: each of the three rules for its holidays.
        (2024, ["12/02/2024–18/02/2024", "01/04/2024–14/04/2024", "28/10/2024–03/11/2024", "23/12/2024–05/01/2025"]),
        (2025, ["03/03/2025–09/03/2025", "07/04/2025–20/04/2025", "27/10/2025–02/11/2025", "22/12/2025–04/01/2026"]),
        # All Saints' Day on a Sunday.
        (2026, ["16/02/2026–22/02/2026", "06/04/2026–19/04/2026", "02/11/2026–08/11/2026", "21/12/2026–03/01/2027"]),
        # Christmas on a Saturday.
        (2027, ["08/02/2027–14/02/2027", "29/03/2027–11/04/2027", "01/11/2027–07/11/2027", "27/12/2027–09/01/2028"]),
    ],
)
def test_holidays_of_a_year_are_those_that_were_published(year, published):
    carnival, spring, _bridge, _summer, autumn, winter = days(year)
    assert [carnival, spring, autumn, winter] == published


@pytest.mark.parametrize(
    ("day", "there_is_school"),
    [
        (date(2026, 12, 18), True),
        (date(2026, 12, 21), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2027, 5, 7), False),
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
        (date(2027, 8, 31), False),
    ],
)
def test_school_holiday_names_the_holiday_of_a_day(day, there_is_school):
    assert (school_holiday(day) == "") == there_is_school
