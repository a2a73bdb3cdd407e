"""Changing who comes: somebody else takes the seat, a detail is put right, people move to another session."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from shared import versions

from . import attendance, mail, waiting
from .booking import release
from .models import Booking, HistoryEntry, Participant, Session
from .privacy import needs
from .refusals import AlreadyDecided, BookingClosed, NamesClosed, NotTheSameTraining, SessionFull, TooLate
from .seats import CATALOGUE, Person, by_own_link, lock, lock_both, record, refuse_taken_addresses, seats_left, take_seats

State = Participant.State
Verb = HistoryEntry.Verb
PERSON = ["first_name", "family_name", "email", "function"]


@transaction.atomic
def replace_participant(participant: Participant, person: Person, *, by, reason: str = "", as_team: bool = False) -> Participant:
    """Somebody else takes this seat: who had it leaves the calendar, who takes it is invited; no seat comes free.

    By the booker until the deadline for changes (`TooLate`), by the team always, unless the session does not take place
    (`BookingClosed`). Raises `AlreadyBooked` or `AlreadyDecided`. `by` is None for who did it by the link in the own mail.

    Once attendance is noted of a day that has come the seat is that person's for good (`AlreadyCame`): who comes from then on is
    one more participant, with marks of their own.
    """
    link = participant.link_key
    session, participant = _taken(participant, as_team)
    if person.columns() == {name: getattr(participant, name) for name in PERSON}:
        # A form sent twice: this person has the seat, and the invitation.
        return participant
    _refuse_if_passed_on(participant, link)
    refuse_taken_addresses(session, [person], but=[participant.pk])
    attendance.leave_none_to_somebody_else(participant)
    before = _leaving(participant)
    _write(participant, person)
    # A new person, a new appointment: it must not be mistaken for the one that left somebody else's calendar.
    participant.invitation_key, participant.link_key, participant.invitation_sequence = uuid.uuid4(), uuid.uuid4(), 0
    participant.reply, participant.replied_at = Participant.Reply.NONE, None
    participant.save(update_fields=[*PERSON, "invitation_key", "link_key", "invitation_sequence", "reply", "replied_at"])
    needs.withdraw_need(participant)
    detail = by_own_link(_with_reason(f"{before} → {participant}", reason), by)
    record(session, participant.booking, Verb.REPLACED, by, detail)
    mail.participant_replaced(before, participant, reason=reason, by_link=by is None)
    return participant


@transaction.atomic
def correct_details(participant: Participant, person: Person, *, by, reason: str = "", as_team: bool = False) -> Participant:
    """The same person, written right; a new address is invited, with a higher number, and the old one left alone.

    Raises what `replace_participant` raises.
    """
    link = participant.link_key
    session, participant = _taken(participant, as_team)
    old = {name: getattr(participant, name) for name in PERSON}
    if person.columns() == old:
        return participant
    _refuse_if_passed_on(participant, link)
    refuse_taken_addresses(session, [person], but=[participant.pk])
    _write(participant, person)
    if participant.email != old["email"]:
        _to_another_mailbox(participant)
    participant.save(update_fields=[*PERSON, "link_key", "invitation_sequence", "reply", "replied_at"])
    was = f"{old['first_name']} {old['family_name']}".strip()
    # With the name as it was: whoever is forgotten later on is so under both.
    told = f"{was} → {participant}" if was != str(participant) else was
    record(session, participant.booking, Verb.CORRECTED, by, by_own_link(_with_reason(told, reason), by))
    if participant.email and participant.email != old["email"] and participant.holds_seat:
        mail.invitation_to_new_address(participant)
    return participant


@transaction.atomic
def move_participants(
    people: Sequence[Participant], to: Session, *, by, reason: str = "", overbook: bool = False
) -> list[Participant]:
    """The team moves people of one session to another one: their seats there, their seats here free and offered on.

    Who asked or waited has a seat there, too: it is the team that decides. A booking of the same booker for the same
    organisation is made there. Raises `BookingClosed`, `SessionFull`,
    `AlreadyBooked`, `NotTheSameTraining` or, for seats without a name where names are due, `NamesClosed`.
    """
    if not people:
        return []
    here, there = lock_both(people[0].session, to)
    if here.pk == there.pk:
        raise NotTheSameTraining
    if there.state != Session.State.PUBLISHED:
        raise BookingClosed
    # Read again under the lock: who was cancelled meanwhile does not come along.
    leaving = list(here.participants.active().filter(pk__in=[one.pk for one in people]).select_related("booking__booked_by"))
    if not there.takes_names and any(one.owes_name for one in leaving):
        raise NamesClosed
    refuse_taken_addresses(there, [_person(one) for one in leaving])
    left = seats_left(there)
    if left < len(leaving) and not overbook:
        raise SessionFull(max(left, 0))
    seatless = {one.pk for one in leaving if not one.holds_seat}
    release(leaving, f"→ {there.code}")
    arrived = []
    for booking in sorted({one.booking for one in leaving}, key=lambda booking: booking.pk):
        booking.session = here
        group = [one for one in leaving if one.booking_id == booking.pk]
        arrived += _arrive(booking, group, there, seatless, by=by, reason=reason)
    if left < len(leaving):
        record(there, None, Verb.MOVED, by, f"+{len(leaving) - max(left, 0)}")
    waiting.offer_on(here)
    versions.bump(CATALOGUE)
    return arrived


def _arrive(
    booking: Booking, group: list[Participant], there: Session, seatless: set[int], *, by, reason: str
) -> list[Participant]:
    new = Booking.objects.create(
        session=there,
        organisation=booking.organisation,
        booked_by=booking.booked_by,
        message=booking.message,
        head_count=booking.head_count,
        moved_from=booking,
    )
    named = [one for one in group if one.is_named or booking.head_count]
    unnamed = [one for one in group if one not in named]
    seats = take_seats(new, [_person(one) for one in named], State.CONFIRMED)
    seats += take_seats(new, [_person(one) for one in unnamed], State.RESERVED)
    needs.carry_over([*named, *unnamed], seats)
    names = ", ".join(map(str, group))
    record(booking.session, booking, Verb.MOVED, by, _with_reason(f"{names} → {there.code}", reason))
    record(there, new, Verb.MOVED, by, _with_reason(f"{booking.session.code} → {names}", reason))
    mail.participants_moved(booking, new, group, seats, seatless=seatless, reason=reason)
    return seats


def _taken(participant: Participant, as_team: bool) -> tuple[Session, Participant]:
    """The seat as it is now, under the lock of its session."""
    session = lock(participant.session)
    if session.state == Session.State.CANCELLED:
        raise BookingClosed
    if not as_team and not session.can_be_changed_by_booker:
        raise TooLate
    participant = Participant.objects.select_related("booking__booked_by", "booking__organisation").get(pk=participant.pk)
    participant.session = participant.booking.session = session
    if participant.state in Participant.ENDED or not participant.is_named:
        raise AlreadyDecided
    return session, participant


def _refuse_if_passed_on(participant: Participant, link: uuid.UUID) -> None:
    """Whoever looked at this seat before it went to somebody else, or to another mailbox, does nothing to it."""
    if participant.link_key != link:
        raise AlreadyDecided


def _leaving(participant: Participant) -> Participant:
    """Who had the seat until now, as the calendar of that person knows it, with the number that takes it out."""
    before = Participant(
        **{name: getattr(participant, name) for name in [*PERSON, "pk", "state", "invitation_key"]},
        invitation_sequence=participant.invitation_sequence + 1,
    )
    before.booking, before.session = participant.booking, participant.session
    return before


def _to_another_mailbox(participant: Participant) -> None:
    """The old one has no part in the seat any more: its link opens nothing, and what was told behind it is withdrawn."""
    # Only what is sent has a number of its own: a calendar's answer to the last invitation counts until there is another one.
    participant.link_key, participant.invitation_sequence = uuid.uuid4(), participant.invitation_sequence + 1
    participant.reply, participant.replied_at = Participant.Reply.NONE, None
    needs.withdraw_need(participant)


def _write(participant: Participant, person: Person) -> None:
    for name, value in person.columns().items():
        setattr(participant, name, value)


def _person(participant: Participant) -> Person:
    return Person(participant.first_name, participant.family_name, participant.email, participant.function)


def _with_reason(text: str, reason: str) -> str:
    return f"{text} ({reason})" if reason else text
