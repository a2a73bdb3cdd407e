"""Booking a seat, and giving it back."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.network.models import Organisation
from shared import versions

from . import mail
from .models import Booking, HistoryEntry, Participant, Session, WaitingEntry, free_seats

CATALOGUE = "catalogue"
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 30


class BookingRefused(Exception):
    """A booking, or a change to one, that the rules do not allow."""


class SessionFull(BookingRefused):
    """Fewer seats were left than this booking asked for; `seats_left` says how many."""

    def __init__(self, seats_left: int):
        super().__init__(seats_left)
        self.seats_left = seats_left


class BookingClosed(BookingRefused):
    """The session does not take bookings now: not published, cancelled, begun, or past its deadline."""


class AlreadyBooked(BookingRefused):
    """Somebody with this e-mail address has a seat in this session; `email` says who."""

    def __init__(self, email: str):
        super().__init__(email)
        self.email = email


class NotForThisSector(BookingRefused):
    """The training is for some sectors only, and this organisation works in another one, or there is no organisation."""


class TooManyBookings(BookingRefused):
    """This person made more bookings within the hour than anybody who books for people does."""


class TooLate(BookingRefused):
    """The time in which a booker may give seats back is over; the team still may."""


@dataclass(frozen=True)
class Person:
    """Who is to take a seat; an e-mail address is optional, mail then goes to the booker."""

    first_name: str
    family_name: str
    email: str = ""
    function: str = ""


@transaction.atomic
def book_seats(
    session: Session,
    *,
    by,
    participants: Sequence[Person],
    organisation: Organisation | None = None,
    message: str = "",
    form_key: uuid.UUID | None = None,
    or_wait: bool = False,
    fewer_is_fine: bool = False,
) -> Booking:
    """Books one seat per person, all or none; with `or_wait` a full session puts them on its waiting list.

    Raises `BookingClosed`, `TooManyBookings`, `NotForThisSector`, `AlreadyBooked` or `SessionFull`. The same `form_key`
    returns the booking that it made before.
    """
    session = lock(session)
    before = session.bookings.filter(form_key=form_key).first() if form_key else None
    if before and before.booked_by_id == by.pk:
        return before
    if not session.is_open:
        raise BookingClosed
    if by.bookings.filter(created_at__gt=timezone.now() - HOUR).count() >= MOST_AN_HOUR:
        raise TooManyBookings
    if not session.training.is_for(organisation):
        raise NotForThisSector
    _refuse_taken_addresses(session, participants)
    left = seats_to_book(session)
    waiting = left < len(participants)
    if waiting and not (or_wait and session.waiting_list):
        raise SessionFull(left)
    booking = Booking.objects.create(
        session=session,
        organisation=organisation,
        booked_by=by,
        message=message,
        # A key that somebody else's booking has tells nothing about it: this booking simply gets another.
        form_key=form_key if form_key and not before else uuid.uuid4(),
    )
    seats = _seat(booking, participants, Participant.State.WAITING if waiting else Participant.State.CONFIRMED)
    if waiting:
        _queue_up(booking, seats, fewer_is_fine, by=by)
    else:
        _confirm(booking, seats, by=by)
    return booking


@transaction.atomic
def cancel_participants(participants: Iterable[Participant], *, by, reason: str = "", as_team: bool = False) -> int:
    """Gives the seats of these participants of one session back and tells them; returns how many.

    A booker may until the deadline (`TooLate`) and leave the waiting list always; the team may always.
    """
    keys = [participant.pk for participant in participants]
    found = Participant.objects.filter(pk__in=keys).select_related("session").first()
    if found is None:
        return 0
    session = lock(found.session)
    # Read again under the lock: who was cancelled meanwhile is not cancelled, nor mailed, twice.
    leaving = list(session.participants.active().filter(pk__in=keys).select_related("booking__booked_by"))
    late = not session.can_be_cancelled_by_booker
    if late and not as_team and any(participant.holds_seat for participant in leaving):
        raise TooLate
    waited = {participant.pk for participant in leaving if not participant.holds_seat}
    for participant in leaving:
        _release(participant, reason)
    _close_empty_waiting_entries(leaving)
    for booking in {participant.booking for participant in leaving}:
        names = [participant for participant in leaving if participant.booking_id == booking.pk]
        _note(session, booking, HistoryEntry.Verb.PARTICIPANT_CANCELLED, by, ", ".join(map(str, names)))
        mail.seats_cancelled(booking, names, waited=waited, reason=reason)
    versions.bump(CATALOGUE)
    return len(leaving)


@transaction.atomic
def give_seats(entry: WaitingEntry, *, by) -> int:
    """The team gives seats to somebody on the waiting list, in the order that it chooses; returns how many.

    All that were asked for or, where fewer will do, as many as there are. Raises `SessionFull` or `BookingClosed`.
    """
    session = lock(entry.session)
    if session.state != Session.State.PUBLISHED:
        raise BookingClosed
    # Read again under the lock: a colleague may have given them a moment ago.
    entry = session.waiting_entries.select_related("booking__booked_by").get(pk=entry.pk)
    entry.booking.session = session
    waiting = list(entry.booking.participants.filter(state=Participant.State.WAITING).order_by("pk"))
    left = max(seats_left(session), 0)
    given = waiting[:left] if entry.fewer_is_fine or len(waiting) <= left else []
    if waiting and not given:
        raise SessionFull(left)
    if given:
        _give(entry, given, by=by)
    return len(given)


@transaction.atomic
def add_participant(
    session: Session,
    *,
    by,
    person: Person,
    organisation=None,
    overbook: bool = False,
    form_key: uuid.UUID | None = None,
) -> Participant:
    """The team gives somebody a seat, whatever the deadline; beyond the last seat only on purpose, and recorded.

    Somebody on the waiting list keeps the booking that was made for them. The same `form_key` returns who was added before.
    """
    session = lock(session)
    if before := _added_before(session, form_key):
        return before
    if session.state not in (Session.State.PUBLISHED, Session.State.DONE):
        raise BookingClosed
    left = seats_left(session)
    participant = _who_waits(session, person)
    if participant is None:
        _refuse_taken_addresses(session, [person])
    if left < 1 and not overbook:
        raise SessionFull(0)
    if participant:
        booking = participant.booking
        _confirm_in_place([participant])
    else:
        booking = _booking_of_the_team(session, by, organisation, form_key)
        [participant] = _seat(booking, [person], Participant.State.CONFIRMED)
    detail = f"{participant} (+{1 - left})" if left < 1 else str(participant)
    _note(session, booking, HistoryEntry.Verb.ADDED, by, detail)
    mail.booking_confirmed(booking, [participant])
    versions.bump(CATALOGUE)
    return participant


@transaction.atomic
def add_walk_in(session: Session, *, by, person: Person, organisation=None, form_key: uuid.UUID | None = None) -> Participant:
    """Somebody came without a booking, or from the waiting list: a seat, without mail, however many seats there are."""
    session = lock(session)
    if before := _added_before(session, form_key):
        return before
    participant = _who_waits(session, person)
    if participant:
        booking = participant.booking
        _confirm_in_place([participant])
    else:
        _refuse_taken_addresses(session, [person])
        booking = _booking_of_the_team(session, by, organisation, form_key)
        [participant] = _seat(booking, [person], Participant.State.CONFIRMED, walk_in=True)
    _note(session, booking, HistoryEntry.Verb.WALK_IN, by, str(participant))
    return participant


def lock(session: Session) -> Session:
    """The session as it is now, locked until the transaction ends: whoever counts seats waits for its turn here.

    PostgreSQL locks the row; SQLite took its only write lock when the transaction began (`transaction_mode`).
    """
    return Session.objects.select_for_update(of=("self",)).select_related("training").order_by("pk").get(pk=session.pk)


def seats_left(session: Session) -> int:
    """Seats to give, counted now; below zero after overbooking or when the capacity was lowered."""
    return session.capacity - session.participants.seated().count()


def seats_to_book(session: Session) -> int:
    """Seats that somebody new may book, counted now: who waits for what is left goes first."""
    return free_seats(session.capacity, session.participants.seated().count(), session.waiting_entries.waiting().fewest())


def _added_before(session: Session, form_key: uuid.UUID | None) -> Participant | None:
    """Whom the same form added: sent twice, it gives one seat."""
    return session.participants.filter(booking__form_key=form_key).first() if form_key else None


def _booking_of_the_team(session: Session, by, organisation, form_key: uuid.UUID | None) -> Booking:
    return Booking.objects.create(session=session, organisation=organisation, booked_by=by, form_key=form_key or uuid.uuid4())


def _refuse_taken_addresses(session: Session, people: Sequence[Person]) -> None:
    addresses = [person.email.strip().lower() for person in people if person.email.strip()]
    for position, address in enumerate(addresses):
        if address in addresses[:position]:
            raise AlreadyBooked(address)
    taken = session.participants.active().filter(email__in=addresses).values_list("email", flat=True).first()
    if taken:
        raise AlreadyBooked(taken)


def _seat(booking: Booking, people: Sequence[Person], state, *, walk_in: bool = False) -> list[Participant]:
    seats = [
        Participant(
            booking=booking,
            session=booking.session,
            state=state,
            first_name=person.first_name.strip(),
            family_name=person.family_name.strip(),
            email=person.email.strip().lower(),
            function=person.function.strip(),
            walk_in=walk_in,
        )
        for person in people
    ]
    try:
        # Without a savepoint of its own: a refused seat undoes the whole booking.
        with transaction.atomic(savepoint=False):
            return Participant.objects.bulk_create(seats)
    except IntegrityError as error:
        # The net under the check above.
        raise AlreadyBooked("") from error


def _queue_up(booking: Booking, people: list[Participant], fewer_is_fine: bool, *, by) -> None:
    WaitingEntry.objects.create(booking=booking, session=booking.session, seats=len(people), fewer_is_fine=fewer_is_fine)
    _note(booking.session, booking, HistoryEntry.Verb.WAITING, by, str(len(people)))
    mail.placed_on_waiting_list(booking, people)


def _confirm(booking: Booking, people: list[Participant], *, by) -> None:
    _note(booking.session, booking, HistoryEntry.Verb.BOOKED, by, str(len(people)))
    mail.booking_confirmed(booking, people)
    versions.bump(CATALOGUE)


def _give(entry: WaitingEntry, given: list[Participant], *, by) -> None:
    for participant in given:
        # The same objects for everybody: what a mail asks of them is then fetched once.
        participant.booking, participant.session = entry.booking, entry.booking.session
    _confirm_in_place(given)
    _note(entry.booking.session, entry.booking, HistoryEntry.Verb.SEAT_GIVEN, by, ", ".join(map(str, given)))
    mail.booking_confirmed(entry.booking, given)
    versions.bump(CATALOGUE)


def _who_waits(session: Session, person: Person) -> Participant | None:
    """The place on the waiting list of somebody with this address."""
    waiting = session.participants.filter(state=Participant.State.WAITING).select_related("booking__booked_by", "session__training")
    return waiting.filter(email=person.email.strip().lower()).exclude(email="").first()


def _confirm_in_place(people: list[Participant]) -> None:
    for participant in people:
        participant.state = Participant.State.CONFIRMED
    Participant.objects.bulk_update(people, ["state"])
    _close_empty_waiting_entries(people)


def _release(participant: Participant, reason: str) -> None:
    participant.state = Participant.State.CANCELLED
    participant.cancelled_at = timezone.now()
    participant.cancel_reason = reason[:300]
    participant.invitation_sequence += 1
    participant.save(update_fields=["state", "cancelled_at", "cancel_reason", "invitation_sequence"])


def _close_empty_waiting_entries(leaving: list[Participant]) -> None:
    entries = WaitingEntry.objects.waiting().filter(booking__in={participant.booking_id for participant in leaving})
    for entry in entries:
        seats = entry.booking.participants.filter(state=Participant.State.WAITING).count()
        entry.seats, entry.left_at = (seats, None) if seats else (entry.seats, timezone.now())
        entry.save(update_fields=["seats", "left_at"])


def _note(session: Session, booking: Booking | None, verb, by, detail: str = "") -> None:
    HistoryEntry.objects.create(session=session, booking=booking, verb=verb, by=by, detail=detail[:300])
