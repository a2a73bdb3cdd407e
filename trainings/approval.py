"""Approving bookings, where a session asks for it: first by the organisation's coordinator if so chosen, then by the team."""

from django.db import transaction

from shared import versions

from . import mail, waiting
from .booking import release
from .models import Booking, HistoryEntry, Participant, Session
from .refusals import AlreadyDecided, NoReason, SessionFull
from .seats import CATALOGUE, lock, record, seat_of, seats_left

State = Participant.State
Verb = HistoryEntry.Verb
Stage = Booking.Stage


@transaction.atomic
def agree(booking: Booking, *, by) -> Booking:
    """The organisation's training coordinator approves; now it is the team's turn."""
    session, booking = _awaiting(booking, Stage.COORDINATOR)
    booking.stage = Stage.TEAM
    booking.save(update_fields=["stage"])
    record(session, booking, Verb.AGREED, by)
    return booking


@transaction.atomic
def approve(booking: Booking, *, by, overbook: bool = False) -> Booking:
    """The team approves, also when the coordinator did not answer: who asked for a seat has one, who waits keeps waiting.

    Raises `SessionFull` where asking kept no seat and others were first, unless `overbook`; `AlreadyDecided`.
    """
    session, booking = _awaiting(booking, *Stage.values)
    asking = list(booking.participants.filter(state=State.PENDING).order_by("pk"))
    left = seats_left(session) + (len(asking) if session.pending_holds_seat else 0)
    if left < len(asking) and not overbook:
        raise SessionFull(max(left, 0))
    booking.stage = Stage.NONE
    booking.save(update_fields=["stage"])
    for participant in asking:
        participant.booking, participant.session = booking, session
        participant.state = seat_of(booking, participant)
    Participant.objects.bulk_update(asking, ["state"])
    beyond = len(asking) - left
    record(session, booking, Verb.APPROVED, by, f"+{beyond}" if beyond > 0 else "")
    if asking:
        mail.booking_confirmed(booking, asking)
    versions.bump(CATALOGUE)
    return booking


def disagree(booking: Booking, *, by, reason: str) -> Booking:
    """The organisation's training coordinator does not approve, as long as it is theirs to decide; as `refuse`."""
    return _refuse(booking, Stage.COORDINATOR, by=by, reason=reason)


def refuse(booking: Booking, *, by, reason: str) -> Booking:
    """The team does not approve: nobody of the booking takes part, and the booker reads why."""
    return _refuse(booking, *Stage.values, by=by, reason=reason)


def leave_to_the_team(organisation) -> None:
    """What awaits a training coordinator of this organisation awaits the team, once it has none any more."""
    if not organisation.memberships.coordinators().exists():
        # One statement: of who decides at this moment either it is decided, or it awaits the team.
        Booking.objects.filter(organisation=organisation, stage=Stage.COORDINATOR).update(stage=Stage.TEAM)


@transaction.atomic
def _refuse(booking: Booking, *stages: str, by, reason: str) -> Booking:
    if not reason.strip():
        raise NoReason
    session, booking = _awaiting(booking, *stages)
    people = list(booking.participants.filter(state__in=[State.PENDING, State.WAITING]).order_by("pk"))
    booking.stage = Stage.NONE
    booking.save(update_fields=["stage"])
    release(people, reason, State.REFUSED)
    record(session, booking, Verb.REFUSED, by, reason)
    mail.booking_refused(booking, people, reason=reason)
    waiting.offer_on(session)
    versions.bump(CATALOGUE)
    return booking


def _awaiting(booking: Booking, *stages: str) -> tuple[Session, Booking]:
    """The booking as it is now, under the lock of its session; of two who decide, one does."""
    session = lock(booking.session)
    booking = Booking.objects.select_related("booked_by", "organisation").get(pk=booking.pk)
    booking.session = session
    # Whoever asked may have given it up meanwhile, or have been moved: then there is nothing to decide.
    asks = booking.participants.filter(state__in=Participant.ASKING).exists()
    if not booking.stage or booking.stage not in stages or session.state != Session.State.PUBLISHED or not asks:
        raise AlreadyDecided
    return session, booking
