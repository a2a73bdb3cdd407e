"""Booking seats, and giving them back."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from knowledge.network.merging import lock_standing
from knowledge.network.models import Organisation
from shared import versions

from . import mail, rules, waiting
from .models import Booking, HistoryEntry, Offer, Participant, Session
from .refusals import AlreadyDecided, BookingClosed, NamesClosed, SessionFull, TooLate, TooManyBookings
from .seats import (
    CATALOGUE,
    NOBODY_YET,
    Person,
    by_own_link,
    lock,
    record,
    refuse_taken_addresses,
    seat_of,
    seats_left,
    seats_to_book,
    take_seats,
)

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 30
Verb = HistoryEntry.Verb
State = Participant.State


@transaction.atomic
def book_seats(
    session: Session,
    *,
    by,
    participants: Sequence[Person] = (),
    without_name: int = 0,
    head_count: bool = False,
    organisation: Organisation | None = None,
    message: str = "",
    form_key: uuid.UUID | None = None,
    or_wait: bool = False,
    fewer_is_fine: bool = False,
    prerequisites_met: bool = False,
) -> Booking:
    """Books one seat per person and `without_name` more, all or none; with `or_wait` a full session puts them on its waiting list.

    The names of the others follow until a deadline, or never for a `head_count`. Where the session asks for approval the
    seats are asked for. Raises a `BookingRefused`. The same `form_key` returns the booking that it made before.
    """
    session = lock(session)
    before = session.bookings.filter(form_key=form_key).first() if form_key else None
    if before and before.booked_by_id == by.pk:
        return before
    organisation = organisation and lock_standing(organisation)
    people = [*participants, *[NOBODY_YET] * without_name]
    _refuse_by_the_clock(session, by, without_name and not head_count)
    rules.refuse(session, rules.Wish(by, organisation, len(people), head_count, prerequisites_met))
    refuse_taken_addresses(session, participants)
    left = seats_to_book(session)
    if left < len(people) and not (or_wait and session.waiting_list):
        raise SessionFull(left)
    booking = Booking.objects.create(
        session=session,
        organisation=organisation,
        booked_by=by,
        message=message,
        head_count=head_count,
        stage=rules.first_stage(session, by, organisation),
        # A key that somebody else's booking has tells nothing about it: this booking simply gets another.
        form_key=form_key if form_key and not before else uuid.uuid4(),
    )
    if left < len(people):
        waiting.queue_up(booking, take_seats(booking, people, State.WAITING), fewer_is_fine, by=by)
    else:
        _take(booking, people, by=by)
    return booking


@transaction.atomic
def cancel_participants(participants: Iterable[Participant], *, by, reason: str = "", as_team: bool = False) -> int:
    """Gives the seats of these participants of one session back, tells them, and offers the seats on; returns how many.

    A booker may until the deadline (`TooLate`), and take back at any time what is only asked or waited for; the team may always.
    `by` is None for who did it by the link in the own mail.
    Raises `AlreadyDecided` where a seat was passed on meanwhile.
    """
    links = {participant.pk: participant.link_key for participant in participants}
    found = Participant.objects.filter(pk__in=links).select_related("session").first()
    if found is None:
        return 0
    session = lock(found.session)
    # Read again under the lock: who was cancelled meanwhile is not cancelled, nor mailed, twice.
    leaving = list(session.participants.active().filter(pk__in=links).select_related("booking__booked_by"))
    if any(participant.link_key != links[participant.pk] for participant in leaving):
        raise AlreadyDecided  # somebody else has this seat since it was looked at
    if leaving and session.state == Session.State.CANCELLED and not as_team:
        raise BookingClosed  # nobody comes any more, and everybody was told
    late = not session.can_be_cancelled_by_booker
    if late and not as_team and any(participant.holds_seat for participant in leaving):
        raise TooLate
    seatless = {participant.pk for participant in leaving if not participant.holds_seat}
    release(leaving, reason)
    for booking in {participant.booking for participant in leaving}:
        names = [participant for participant in leaving if participant.booking_id == booking.pk]
        record(session, booking, Verb.PARTICIPANT_CANCELLED, by, by_own_link(", ".join(map(str, names)), by))
        mail.seats_cancelled(booking, names, waited=seatless, reason=reason, by_link=by is None)
    waiting.offer_on(session)
    versions.bump(CATALOGUE)
    return len(leaving)


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
    session, form_key = lock(session), _key_of(form_key, person)
    if before := _added_before(session, form_key):
        return before
    if session.state not in (Session.State.PUBLISHED, Session.State.DONE):
        raise BookingClosed
    participant = _off_the_list(session, person)
    left = seats_left(session)
    if participant is None:
        refuse_taken_addresses(session, [person])
    if left < 1 and not overbook:
        raise SessionFull(0)
    if participant:
        waiting.seat([participant], State.CONFIRMED)
    else:
        booking = _booking_of_the_team(session, by, organisation, form_key)
        [participant] = take_seats(booking, [person], State.CONFIRMED)
    detail = f"{participant} (+{1 - left})" if left < 1 else str(participant)
    record(session, participant.booking, Verb.ADDED, by, detail)
    # Who added somebody knows it; of a booking that others made its booker hears, too.
    tell = mail.invited if participant.booking.booked_by == by else mail.booking_confirmed
    tell(participant.booking, [participant])
    waiting.offer_on(session)
    versions.bump(CATALOGUE)
    return participant


@transaction.atomic
def add_walk_in(session: Session, *, by, person: Person, organisation=None, form_key: uuid.UUID | None = None) -> Participant:
    """Somebody came without a booking, or from the waiting list: a seat, without mail, however many seats there are."""
    session, form_key = lock(session), _key_of(form_key, person)
    if before := _added_before(session, form_key):
        return before
    participant = _off_the_list(session, person)
    if participant:
        waiting.seat([participant], State.CONFIRMED)
    else:
        refuse_taken_addresses(session, [person])
        booking = _booking_of_the_team(session, by, organisation, form_key)
        [participant] = take_seats(booking, [person], State.CONFIRMED, walk_in=True)
    record(session, participant.booking, Verb.WALK_IN, by, str(participant))
    waiting.offer_on(session)
    return participant


def release(leaving: list[Participant], reason: str, state=State.CANCELLED) -> None:
    """Takes these people out of their session, and off its waiting list; the caller holds the lock, notes it and tells them."""
    now = timezone.now()
    for participant in leaving:
        participant.state, participant.cancelled_at, participant.cancel_reason = state, now, reason[:300]
        participant.invitation_sequence += 1
    Participant.objects.bulk_update(leaving, ["state", "cancelled_at", "cancel_reason", "invitation_sequence"])
    waiting.close_empty_entries(leaving)


def _refuse_by_the_clock(session: Session, by, names_follow) -> None:
    if not session.is_open or session.day_parts.filter(starts_at__lte=timezone.now()).exists():
        raise BookingClosed
    if names_follow and not session.takes_names:
        raise NamesClosed
    if by.bookings.filter(created_at__gt=timezone.now() - HOUR).count() >= MOST_AN_HOUR:
        raise TooManyBookings


def _take(booking: Booking, people: list[Person], *, by) -> None:
    states = [seat_of(booking, person) for person in people]
    seats = [
        seat
        for state in dict.fromkeys(states)
        for seat in take_seats(booking, [person for person, its in zip(people, states, strict=True) if its == state], state)
    ]
    if booking.stage:
        record(booking.session, booking, Verb.ASKED, by, str(len(seats)))
        mail.approval_asked(booking, seats)
    else:
        record(booking.session, booking, Verb.BOOKED, by, str(len(seats)))
        mail.booking_confirmed(booking, seats)
    versions.bump(CATALOGUE)


def _off_the_list(session: Session, person: Person) -> Participant | None:
    """Who waits under this address, and is about to be seated: what was offered to that booking is offered anew to who is left."""
    participant = waiting.who_waits(session, person)
    if participant:
        waiting.withdraw_offers(Offer.objects.filter(entry__booking=participant.booking_id))
    return participant


def _key_of(form_key: uuid.UUID | None, person: Person) -> uuid.UUID | None:
    """One form gone back to and sent for somebody else adds them, too: each person has a key of their own."""
    return uuid.uuid5(form_key, "\n".join(person.columns().values())) if form_key else None


def _added_before(session: Session, form_key: uuid.UUID | None) -> Participant | None:
    """Whom the same form added: sent twice, it gives one seat."""
    return session.participants.filter(booking__form_key=form_key).first() if form_key else None


def _booking_of_the_team(session: Session, by, organisation, form_key: uuid.UUID | None) -> Booking:
    organisation = organisation and lock_standing(organisation)
    return Booking.objects.create(session=session, organisation=organisation, booked_by=by, form_key=form_key or uuid.uuid4())
