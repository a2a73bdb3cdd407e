"""Seats now, names later: giving names, reminding of them, and giving back what has none in time."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import versions

from . import mail, waiting
from .booking import release
from .models import Booking, DayPart, HistoryEntry, Participant, Session
from .refusals import BookingClosed, TooLate, TooManyNames
from .seats import CATALOGUE, Person, lock, record, refuse_taken_addresses
from .words.language import in_site_language

REMIND_BEFORE = timedelta(days=4)
State = Participant.State
Verb = HistoryEntry.Verb


@transaction.atomic
def name_seats(booking: Booking, people: Sequence[Person], *, by, as_team: bool = False) -> list[Participant]:
    """Gives names to seats of this booking that have none, in the order of the list; who has a seat and an address is invited.

    Who waits or asks for a seat can be named, too: a seat that is got after the deadline needs a name at once.

    Raises `TooLate` once the names should have been known (the team may still), `TooManyNames`,
    `AlreadyBooked` or, where the session does not take place, `BookingClosed`.
    """
    session = lock(booking.session)
    if session.state == Session.State.CANCELLED:
        raise BookingClosed
    if not session.takes_names and not as_team:
        raise TooLate
    # Read under the lock: the worker may have given the seats back a moment ago, or a colleague taken the booking over.
    booking = Booking.objects.select_related("booked_by", "organisation").get(pk=booking.pk)
    booking.session = session
    seats = list(booking.participants.nameless().order_by("pk"))
    if len(people) > len(seats):
        raise TooManyNames(len(seats))
    refuse_taken_addresses(session, people)
    named = seats[: len(people)]
    for seat, person in zip(named, people, strict=True):
        seat.booking, seat.session = booking, session
        seat.state = State.CONFIRMED if seat.state == State.RESERVED else seat.state
        for name, value in person.columns().items():
            setattr(seat, name, value)
    Participant.objects.bulk_update(named, ["state", "first_name", "family_name", "email", "function"])
    if named:
        record(session, booking, Verb.NAMED, by, ", ".join(map(str, named)))
        mail.names_given(booking, named, missing=len(seats) - len(named))
    return named


def remind_due() -> int:
    """The worker's part: who still owes names is reminded once, some days before they are due; returns how many were.

    A reminder that went out longer before the deadline than that was one of an earlier date: the session was moved since.
    """
    now = timezone.now()
    # From the few sessions to their bookings: a join would read all bookings that there ever were.
    soon = Session.objects.filter(state=Session.State.PUBLISHED, names_close_at__gt=now, names_close_at__lte=now + REMIND_BEFORE)
    anew = Q(names_reminded_at=None) | Q(names_reminded_at__lt=F("session__names_close_at") - REMIND_BEFORE)
    due = _with_nameless_seats().filter(anew, session__in=soon)
    return sum(_remind(booking) for booking in due)


def release_due() -> int:
    """The worker's part: who got no name in time loses the seat, or the place in the queue; returns how many."""
    nameless = Participant.objects.nameless().filter(session=OuterRef("pk"))
    # What is over is left alone: there the names may be gone because nobody keeps them any more.
    to_come = DayPart.objects.filter(session=OuterRef("pk"), ends_at__gt=timezone.now())
    late = Session.objects.filter(
        Exists(nameless), Exists(to_come), state=Session.State.PUBLISHED, names_close_at__lte=timezone.now()
    )
    return sum(release_nameless(session) for session in late)


@transaction.atomic
def release_nameless(session: Session) -> int:
    """Gives back the seats of this session that have no name although its deadline for names has passed."""
    session = lock(session)
    to_come = session.day_parts.filter(ends_at__gt=timezone.now()).exists()
    if session.takes_names or session.state != Session.State.PUBLISHED or not to_come:
        return 0
    leaving = list(session.participants.nameless().select_related("booking__booked_by"))
    with in_site_language():
        reason = _("no name in time")
    release(leaving, reason)
    for booking in {seat.booking for seat in leaving}:
        booking.session = session
        seats = [seat for seat in leaving if seat.booking_id == booking.pk]
        record(session, booking, Verb.NAMES_RELEASED, None, str(len(seats)))
        mail.nameless_seats_released(booking, len(seats))
    waiting.offer_on(session)
    if leaving:
        versions.bump(CATALOGUE)
    return len(leaving)


@transaction.atomic
def _remind(booking: Booking) -> bool:
    # The row is taken first: of two workers one sends the reminder, and none after a cancellation.
    published = Session.objects.filter(pk=booking.session_id, state=Session.State.PUBLISHED)
    as_read = Booking.objects.filter(pk=booking.pk, names_reminded_at=booking.names_reminded_at, session__in=published)
    if not as_read.update(names_reminded_at=timezone.now()):
        return False
    mail.names_missing(booking, booking.nameless)
    return True


def _with_nameless_seats():
    nameless = Participant.objects.nameless().filter(booking=OuterRef("pk")).order_by()
    number = nameless.values("booking").annotate(number=Count("pk")).values("number")
    bookings = Booking.objects.filter(Exists(nameless)).annotate(nameless=Subquery(number))
    return bookings.select_related("booked_by", "session__training")
