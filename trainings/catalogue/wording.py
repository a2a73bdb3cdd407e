"""How facts of the catalogue are said on screen: lengths, prices, dates, seats."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

# The class of the mark beside the words; a session that takes no bookings any more looks like a full one.
MARKS = {"closed": "full", "on-request": "request", "none": "full"}

WITHOUT_NUMBER = {
    "waiting": gettext_lazy("full, waiting list open"),
    "full": gettext_lazy("full"),
    "closed": gettext_lazy("booking is closed"),
    "cancelled": pgettext_lazy("session", "cancelled"),
    "on-request": gettext_lazy("on request"),
    "none": gettext_lazy("no date yet"),
}


def length(minutes: int, days: int = 1) -> str:
    """`3 hours`, `1.5 hours`, `12 hours over 2 days`."""
    if minutes < 60:
        hours = _("%(n)s minutes") % {"n": minutes}
    else:
        hours = _("%(n)s hours") % {"n": number_format(Decimal(minutes) / 60, 2).rstrip("0").rstrip(",.")}
    if days < 2:
        return hours
    return _("%(hours)s over %(days)s days") % {"hours": hours, "days": days}


def price(amount: Decimal) -> str:
    """`free`, `€ 25`, `€ 12,50`."""
    if not amount:
        return _("free")
    return f"€ {number_format(amount, 0 if amount == amount.to_integral_value() else 2)}"


def day(moment: datetime, year: int) -> str:
    """`Thu 14 January`, with the year when it is not this one."""
    local = localtime(moment)
    weekdays, months = _names(get_language())
    text = f"{weekdays[local.weekday()]} {local.day} {months[local.month]}"
    return text if local.year == year else f"{text} {local.year}"


@lru_cache(maxsize=10)
def _names(language: str) -> tuple[dict[int, str], dict[int, str]]:
    """Weekdays and months in this language; looked up once, since a page names eighty."""
    weekdays, months = ({number: str(name) for number, name in names.items()} for names in (WEEKDAYS_ABBR, MONTHS))
    return weekdays, months


def hours(start: datetime, end: datetime) -> str:
    """`9.00–12.00`, on the clock in Brussels."""
    return f"{date_format(localtime(start), 'G.i')}–{date_format(localtime(end), 'G.i')}"


def mark(state: str) -> str:
    """The modifier of the class `seats`."""
    return MARKS.get(state, state)


def seats(state: str, left: int) -> str:
    """What one can do with a session (or, without one, with the training), in words."""
    if state == "few":
        return ngettext("%(left)s seat left", "%(left)s seats left", left) % {"left": left}
    if state == "free":
        return ngettext("%(left)s seat free", "%(left)s seats free", left) % {"left": left}
    return str(WITHOUT_NUMBER[state])
