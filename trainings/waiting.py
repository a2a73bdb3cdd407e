"""The waiting list: queueing up, and seats that come free, offered to who is next."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shared import versions

from . import mail
from .dates import day_parts, school_holidays, working_days
from .models import Booking, HistoryEntry, Offer, Participant, Session, WaitingEntry
from .models.waiting import TOO_SHORT
from .refusals import BookingClosed, OfferGone, SessionFull
from .seats import CATALOGUE, Person, lock, record, seat_of, seats_left

OFFERS_END = time(18)
Verb = HistoryEntry.Verb
State = Participant.State


def queue_up(booking: Booking, people: list[Participant], fewer_is_fine: bool, *, by) -> None:
    """Puts the people of a new booking at the end of the list; the caller holds the lock."""
    WaitingEntry.objects.create(booking=booking, session=booking.session, seats=len(people), fewer_is_fine=fewer_is_fine)
    record(booking.session, booking, Verb.WAITING, by, str(len(people)))
    mail.placed_on_waiting_list(booking, people)
    versions.bump(CATALOGUE)


def offer_on(session: Session) -> list[Offer]:
    """Offers the seats that are free to who is next; who needs more than there are keeps the place, and it is recorded.

    Called under the lock of whatever set seats free. No offers once the session has begun, the deadline for booking has
    passed, or less than a day is left.
    """
    until = offer_until(session)
    if until is None:
        return []
    _close_run_out(session)
    left, passed_over, offers = seats_left(session), [], []
    for entry in in_turn(session):
        if left < 1:
            break
        seats = entry.seats if entry.seats <= left else left if entry.fewer_is_fine else 0
        if not seats:
            passed_over.append(entry)
            continue
        offers.append(_offer(entry, seats, until))
        left -= seats
    if offers:
        for entry in passed_over:
            record(session, entry.booking, Verb.SKIPPED, None, str(entry.seats))
        versions.bump(CATALOGUE)
    return offers


def in_turn(session: Session):
    """Who waits and is offered nothing at this moment: as they came, or first-timers before the others."""
    entries = session.waiting_entries.waiting().without_offer().select_related("booking__booked_by", "session__training")
    if not session.first_timers_first:
        return entries.order_by("created_at", "pk")
    seats = Participant.objects.filter(state=State.CONFIRMED).exclude(session=session).exclude(email="")
    seats = seats.exclude(session__state=Session.State.CANCELLED)
    people = Participant.objects.waiting().filter(booking=OuterRef("booking"))
    been_here = people.filter(Exists(seats.filter(email=OuterRef("email"))))
    return entries.annotate(been_here=Exists(been_here)).order_by("been_here", "created_at", "pk")


def offer_until(session: Session, now: datetime | None = None) -> datetime | None:
    """Until when a seat offered now is kept: some working days, schools open, and never beyond deadline or start.

    None where nothing is offered.
    """
    now = now or timezone.now()
    last = _last_moment(session)
    if session.state != Session.State.PUBLISHED or last - now < TOO_SHORT:
        return None
    day = working_days.after(timezone.localdate(now), session.offer_days, closed=school_holidays.table())
    return min(day_parts.moment(day, OFFERS_END), last)


def end_offers_in_time(session: Session) -> None:
    """After the deadline or the start was brought forward: no offer is open longer, and who has time left hears until when.

    Called under the lock. What is over at once is closed as whatever else ran out.
    """
    last = _last_moment(session)
    for offer in session.offers.open().filter(expires_at__gt=last).select_related("entry__booking__booked_by"):
        offer.entry.session = offer.entry.booking.session = session
        offer.expires_at = last
        offer.save(update_fields=["expires_at"])
        if offer.is_open:
            mail.seats_offered(offer, sooner=True)


@transaction.atomic
def accept_offer(offer: Offer, *, by, people: Iterable[Participant] | None = None) -> Booking:
    """The seats are taken, by these people of the booking or by its first ones; what they leave is offered on.

    Raises `OfferGone` when it was answered before or the clock ran out, `SessionFull` for more people than seats.
    """
    session, offer = _open_offer(offer)
    entry = offer.entry
    chosen = {person.pk for person in people} if people is not None else None
    waiting = [one for one in _people_of(entry) if chosen is None or one.pk in chosen]
    if not waiting:
        raise OfferGone
    if chosen is not None and len(waiting) > offer.seats:
        raise SessionFull(offer.seats)
    close(offer, Offer.State.ACCEPTED)
    _give(entry, waiting[: offer.seats], by=by)
    offer_on(session)
    return entry.booking


@transaction.atomic
def refuse_offer(offer: Offer, *, by) -> None:
    """The seats are not wanted: who was offered them leaves the list, and the next is offered them."""
    session, offer = _open_offer(offer)
    close(offer, Offer.State.REFUSED)
    _leave(offer.entry, Verb.OFFER_REFUSED, by=by)
    offer_on(session)
    versions.bump(CATALOGUE)


def close_due() -> int:
    """The worker's part: offers whose time is over are closed and offered on; returns of how many sessions."""
    keys = Offer.objects.run_out().order_by("session").values_list("session", flat=True).distinct()
    for session in Session.objects.filter(pk__in=list(keys)):
        _close_and_offer_on(session)
    return len(keys)


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
    # What is offered to these people is theirs to give.
    withdraw_offers(Offer.objects.filter(entry=entry))
    waiting = _people_of(entry)
    left = max(seats_left(session), 0)
    given = waiting[:left] if entry.fewer_is_fine or len(waiting) <= left else []
    if waiting and not given:
        raise SessionFull(left)
    if given:
        _give(entry, given, by=by)
    return len(given)


def seat(people: list[Participant], state) -> None:
    """Gives people who waited their seats; a place on the list that is empty now is closed."""
    for participant in people:
        participant.state = state
    Participant.objects.bulk_update(people, ["state"])
    close_empty_entries(people)


def who_waits(session: Session, person: Person) -> Participant | None:
    """The place on the waiting list of somebody with this address."""
    waiting = session.participants.waiting().select_related("booking__booked_by", "session__training")
    return waiting.filter(email=person.address).exclude(email="").first()


def close_empty_entries(leaving: list[Participant]) -> None:
    """Brings places on the list into line with who still waits; an offer for more people than still wait is withdrawn."""
    entries = WaitingEntry.objects.waiting().filter(booking__in={participant.booking_id for participant in leaving})
    for entry in entries:
        seats = entry.booking.participants.waiting().count()
        entry.seats, entry.left_at = (seats, None) if seats else (entry.seats, timezone.now())
        entry.save(update_fields=["seats", "left_at"])
        withdraw_offers(entry.offers.filter(seats__gt=seats))


def withdraw_offers(offers) -> None:
    """These offers keep no seats any more, nor does the worker find them run out later on."""
    for offer in offers.filter(state=Offer.State.OPEN):
        close(offer, Offer.State.WITHDRAWN)


def offer_again(offers) -> None:
    """The same seats for as long, behind another link, to whose booking it is now: the link of who had it is void."""
    for offer in offers.open().select_related("entry__booking__booked_by", "session__training"):
        offer.entry.session = offer.entry.booking.session = offer.session
        close(offer, Offer.State.WITHDRAWN)
        facts = {name: getattr(offer, name) for name in ("entry", "session", "seats", "made_at", "expires_at")}
        mail.seats_offered(Offer.objects.create(**facts))


def close(offer: Offer, state) -> None:
    """The offer keeps no seat any more, and no mail says that it does."""
    offer.state, offer.closed_at = state, timezone.now()
    offer.save(update_fields=["state", "closed_at"])
    mail.offer_is_over(offer)


def _last_moment(session: Session) -> datetime:
    # A deadline may lie behind the start: the session was moved, or the team set it so.
    begins = session.day_parts.order_by("starts_at").values_list("starts_at", flat=True)[:1]
    return min(session.booking_closes_at, *begins)


def _offer(entry: WaitingEntry, seats: int, until: datetime) -> Offer:
    offer = Offer.objects.create(entry=entry, session=entry.session, seats=seats, expires_at=until)
    record(entry.session, entry.booking, Verb.OFFERED, None, str(seats))
    mail.seats_offered(offer)
    return offer


def _open_offer(offer: Offer) -> tuple[Session, Offer]:
    """The offer as it is now, under the lock of its session; the clock decides whether it is still open."""
    session = lock(offer.session)
    offer = Offer.objects.select_related("entry__booking__booked_by").get(pk=offer.pk)
    offer.session = offer.entry.session = offer.entry.booking.session = session
    if not offer.is_open or session.state != Session.State.PUBLISHED:
        raise OfferGone
    return session, offer


@transaction.atomic
def _close_and_offer_on(session: Session) -> None:
    session = lock(session)
    _close_run_out(session)
    offer_on(session)
    versions.bump(CATALOGUE)


def _close_run_out(session: Session) -> None:
    for offer in session.offers.run_out().select_related("entry__booking__booked_by"):
        offer.entry.session = offer.entry.booking.session = session
        close(offer, Offer.State.EXPIRED)
        _leave(offer.entry, Verb.OFFER_EXPIRED, by=None)


def _leave(entry: WaitingEntry, verb, *, by) -> None:
    """Everybody of this place leaves the list."""
    people, now = _people_of(entry), timezone.now()
    for participant in people:
        participant.state, participant.cancelled_at = State.CANCELLED, now
    Participant.objects.bulk_update(people, ["state", "cancelled_at"])
    close_empty_entries(people)
    record(entry.session, entry.booking, verb, by, str(len(people)))
    mail.left_waiting_list(entry.booking, people, expired=verb == Verb.OFFER_EXPIRED)


def _give(entry: WaitingEntry, given: list[Participant], *, by) -> None:
    booking = entry.booking
    for participant in given:
        # The same objects for everybody: what a mail asks of them is then fetched once.
        participant.booking, participant.session = booking, booking.session
    seat_by_seat: dict = {}
    for participant in given:
        seat_by_seat.setdefault(seat_of(booking, participant), []).append(participant)
    for state, people in seat_by_seat.items():
        seat(people, state)
    record(booking.session, booking, Verb.SEAT_GIVEN, by, ", ".join(map(str, given)))
    if booking.stage:
        mail.approval_asked(booking, given)
    else:
        mail.booking_confirmed(booking, given)
    versions.bump(CATALOGUE)


def _people_of(entry: WaitingEntry) -> list[Participant]:
    return list(entry.booking.participants.waiting().order_by("pk"))
