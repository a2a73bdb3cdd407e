"""Counting in working days: Monday to Friday."""

from datetime import date, timedelta


def after(day: date, number: int) -> date:
    """The day that lies `number` working days after `day`."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
