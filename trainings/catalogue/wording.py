"""How facts of the catalogue are said on screen: lengths, prices, dates, seats."""

from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# The class of the mark beside the words; a session that takes no bookings any more looks like a full one.
MARKS = {"closed": "full", "on-request": "request", "none": "full"}


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
    return date_format(local, "D j F" if local.year == year else "D j F Y")


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
    return {
        "waiting": _("full, waiting list open"),
        "full": _("full"),
        "closed": _("booking is closed"),
        "cancelled": _("cancelled"),
        "on-request": _("on request"),
        "none": _("no date yet"),
    }[state]
