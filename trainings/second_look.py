"""What deserves a second look in a plan: said when it is saved and on the session's page, never refused."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import rules
from .dates import clashes, school_holidays
from .dates.clashes import Clash
from .dates.day_parts import Part
from .dates.working_days import holidays
from .models import DayPart, Session, Venue

IN_WORDS = "l j F Y"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at again, and the other session that it is about, if it is about one."""

    text: str
    session_pk: int | None = None


def doubts(session: Session, parts: list[DayPart] | None = None) -> list[Doubt]:
    """Everything to look at again; `parts` are the session's day-parts with their venues, where they are at hand."""
    if session.state not in (Session.State.DRAFT, Session.State.PUBLISHED):
        return []
    parts = list(session.day_parts.select_related("venue")) if parts is None else parts
    to_come = [part for part in parts if part.ends_at > timezone.now()]
    found = [*_begun_draft(session, parts)]
    if to_come:
        wanted = clashes.Wanted(to_come, list(session.trainers.all()), session.pk)
        found += [*in_words(*clashes.find([wanted])), *_beyond_the_venue(session, to_come)]
        found += [*_days_off(to_come), *_group_size(session), *_for_nobody(session)]
    return found


def in_words(found: list[Clash]) -> list[Doubt]:
    """Clashes as sentences, one per session and trainer or venue: a clash of three days is one thing to look at."""
    firsts = {(clash.part.session_id, clash.what): clash for clash in reversed(found)}
    return [Doubt(_said(clash), clash.part.session_id) for clash in reversed(firsts.values())]


def days_off(days: Iterable[date]) -> dict[date, str]:
    """For each of these days that is none to plan on, why: a public holiday, a weekend, a school holiday by its name."""
    closed = school_holidays.table()
    return {day: why for day in days if (why := _why_off(day, closed))}


def _begun_draft(session: Session, parts: list[DayPart]) -> Iterator[Doubt]:
    if session.state == Session.State.DRAFT and any(part.starts_at <= timezone.now() for part in parts):
        yield Doubt(_("This draft begins in the past, so it cannot be published. Change the date, or delete the draft."))


def _said(clash: Clash) -> str:
    venue = isinstance(clash.what, Venue)
    text = _("%(venue)s is taken by %(code)s on %(when)s.") if venue else _("%(trainer)s gives %(code)s on %(when)s.")
    return text % {"venue" if venue else "trainer": clash.what, "code": clash.part.session.code, "when": when(clash.part)}


def _beyond_the_venue(session: Session, parts: list[DayPart]) -> Iterator[Doubt]:
    for venue in dict.fromkeys(part.venue for part in parts):
        if venue and venue.capacity and session.capacity > venue.capacity:
            text = _("%(venue)s holds %(people)s people; the session has %(seats)s seats.")
            yield Doubt(text % {"venue": venue, "people": venue.capacity, "seats": session.capacity})


def _days_off(parts: list[DayPart]) -> Iterator[Doubt]:
    days = dict.fromkeys(timezone.localdate(part.starts_at) for part in parts)
    yield from (Doubt(why) for why in days_off(days).values())


def _why_off(day: date, closed: Callable[[date], str]) -> str:
    when = date_format(day, IN_WORDS)
    if day in holidays(day.year):
        return _("%(when)s is a public holiday.") % {"when": when.capitalize()}
    if day.weekday() >= 5:
        return _("%(when)s is in the weekend.") % {"when": when.capitalize()}
    if holiday := closed(day):
        return _("Schools are closed on %(when)s: %(holiday)s.") % {"when": when, "holiday": holiday}
    return ""


def _group_size(session: Session) -> Iterator[Doubt]:
    training = session.training
    if not training.group_min <= session.capacity <= training.group_max:
        text = _("The training is made for a group of %(least)s to %(most)s; the session has %(seats)s seats.")
        yield Doubt(text % {"least": training.group_min, "most": training.group_max, "seats": session.capacity})


def _for_nobody(session: Session) -> Iterator[Doubt]:
    if session.audience == Session.Audience.INVITED and not rules.invited(session):
        yield Doubt(_("Only who is invited can book, and nobody is invited yet: fill in the addresses."))
    elif session.audience == Session.Audience.ORGANISATIONS and not session.organisations.exists():
        yield Doubt(_("Only people of some organisations can book, and none is chosen yet: choose them."))


def when(part: DayPart | Part) -> str:
    """The day and the hours of a day-part, as a sentence names them."""
    start, end = timezone.localtime(part.starts_at), timezone.localtime(part.ends_at)
    return f"{date_format(start, 'j F Y, G.i')}–{date_format(end, 'G.i')}"
