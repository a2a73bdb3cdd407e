"""What deserves a second look in a plan: said when it is saved and on the session's page, never refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import school_holidays
from .models import DayPart, Session
from .working_days import holidays

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
        found += [*_venue_taken(session), *_trainer_elsewhere(session), *_beyond_the_venue(session, to_come)]
        found += [*_days_off(to_come), *_group_size(session)]
    return found


def in_the_same_venue(session: Session) -> QuerySet[DayPart]:
    """Day-parts of other sessions in the same place at the same time.

    Two rooms of one house do not hinder each other; where a room is not named, they may.
    """
    own = _at_that_time(session).filter(venue=OuterRef("venue"))
    same_room = own.filter(Q(room="") | Q(room__iexact=OuterRef("room")))
    return _others(session).filter(Q(Exists(same_room)) | Q(Exists(own), room=""))


def with_the_same_trainer(session: Session) -> QuerySet[DayPart]:
    """Day-parts of other sessions at the same time that a trainer of this one gives too; `trainer` is the name."""
    shared = _others(session).filter(Exists(_at_that_time(session)), session__trainers__sessions=session)
    return shared.annotate(trainer=F("session__trainers__name"))


def _at_that_time(session: Session) -> QuerySet[DayPart]:
    """The session's own day-parts that overlap with the day-part asked about."""
    return DayPart.objects.filter(session=session, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))


def _others(session: Session) -> QuerySet[DayPart]:
    others = DayPart.objects.exclude(session=session).exclude(session__state=Session.State.CANCELLED)
    return others.filter(ends_at__gt=timezone.now()).select_related("session", "venue")


def _begun_draft(session: Session, parts: list[DayPart]) -> Iterator[Doubt]:
    if session.state == Session.State.DRAFT and any(part.starts_at <= timezone.now() for part in parts):
        yield Doubt(_("This draft begins in the past, so it cannot be published. Change the date, or delete the draft."))


def _venue_taken(session: Session) -> Iterator[Doubt]:
    for part in _first_of_each(in_the_same_venue(session)):
        text = _("%(venue)s is taken by %(code)s on %(when)s.")
        yield Doubt(text % {"venue": part.venue, "code": part.session.code, "when": _when(part)}, part.session_id)


def _trainer_elsewhere(session: Session) -> Iterator[Doubt]:
    for part in _first_of_each(with_the_same_trainer(session)):
        text = _("%(trainer)s gives %(code)s on %(when)s.")
        yield Doubt(text % {"trainer": part.trainer, "code": part.session.code, "when": _when(part)}, part.session_id)


def _first_of_each(parts: QuerySet) -> list:
    """One day-part per session (and trainer): a clash of three days is one thing to look at."""
    return list({(part.session_id, getattr(part, "trainer", "")): part for part in parts.order_by("-starts_at")}.values())[::-1]


def _beyond_the_venue(session: Session, parts: list[DayPart]) -> Iterator[Doubt]:
    for venue in dict.fromkeys(part.venue for part in parts):
        if venue and venue.capacity and session.capacity > venue.capacity:
            text = _("%(venue)s holds %(people)s people; the session has %(seats)s seats.")
            yield Doubt(text % {"venue": venue, "people": venue.capacity, "seats": session.capacity})


def _days_off(parts: list[DayPart]) -> Iterator[Doubt]:
    closed = school_holidays.table()
    for day in dict.fromkeys(timezone.localdate(part.starts_at) for part in parts):
        when = date_format(day, IN_WORDS)
        if day in holidays(day.year):
            yield Doubt(_("%(when)s is a public holiday.") % {"when": when.capitalize()})
        elif day.weekday() >= 5:
            yield Doubt(_("%(when)s is in the weekend.") % {"when": when.capitalize()})
        elif holiday := closed(day):
            yield Doubt(_("Schools are closed on %(when)s: %(holiday)s.") % {"when": when, "holiday": holiday})


def _group_size(session: Session) -> Iterator[Doubt]:
    training = session.training
    if not training.group_min <= session.capacity <= training.group_max:
        text = _("The training is made for a group of %(least)s to %(most)s; the session has %(seats)s seats.")
        yield Doubt(text % {"least": training.group_min, "most": training.group_max, "seats": session.capacity})


def _when(part: DayPart) -> str:
    start, end = timezone.localtime(part.starts_at), timezone.localtime(part.ends_at)
    return f"{date_format(start, 'j F Y, G.i')}–{date_format(end, 'G.i')}"
