"""Somebody in two sessions at the same time: it is said before and after, never refused."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Booking, Participant, Session


def told_to(user, session: Session, addresses: Collection[str]) -> list[str]:
    """What a booker is told of these addresses: of what one booked oneself or coordinates, and of one's own seats."""
    if not user.is_authenticated:
        return []
    # What somebody else booked for a colleague elsewhere is not this booker's business; who booked one's own seat does not matter.
    known = Q(booking__in=Booking.objects.visible_to(user)) | Q(email=user.email.lower())
    return _in_words(Participant.objects.overlapping(session, addresses).filter(known), reader=user)


def told_to_team(session: Session, people: Iterable[Participant]) -> list[str]:
    """What an organiser is told who gave these people their seats in this session."""
    return _in_words(Participant.objects.overlapping(session, [person.email for person in people]))


def _in_words(seats, reader=None) -> list[str]:
    rows = seats.with_start().select_related("session__training").order_by("starts_at", "pk")
    return [_said(seat, reader) for seat in rows]


def _said(seat: Participant, reader) -> str:
    when = date_format(timezone.localtime(seat.starts_at), "l j F Y, G.i")
    facts = {"name": seat.full_name, "training": seat.session.training.title, "when": when}
    if reader and seat.email == reader.email.lower():
        return _("You are also booked for “%(training)s” at that time, on %(when)s.") % facts
    return _("%(name)s is also booked for “%(training)s” at that time, on %(when)s.") % facts
