"""The steps of a session's life: published, cancelled, closed once it was held."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from shared import versions
from trainings import mail, waiting
from trainings.dates import day_parts
from trainings.models import HistoryEntry, Session
from trainings.refusals import NoDayPart, NoReason, NotOverYet, StartsInThePast, StepNotAllowed, TrainingNotPublished
from trainings.seats import CATALOGUE, lock, record

Verb = HistoryEntry.Verb
State = Session.State


@transaction.atomic
def publish_session(session: Session, *, by) -> Session:
    """Opens a draft for booking."""
    session = lock(session)
    refuse_publishing(session, session.day_parts.aggregate(begins=Min("starts_at"))["begins"])
    session.state = State.PUBLISHED
    _save(session, Verb.PUBLISHED, by)
    return session


def refuse_publishing(session: Session, begins: datetime | None) -> None:
    """Raises why this session cannot be published now; `begins` is when its first day-part does."""
    _refuse_step(session, State.PUBLISHED)
    if begins is None:
        raise NoDayPart
    if begins <= timezone.now():
        raise StartsInThePast
    if not session.training.live:
        raise TrainingNotPublished


def refuse_cancelling(session: Session) -> None:
    """Raises why this session cannot be cancelled."""
    _refuse_step(session, State.CANCELLED)


@transaction.atomic
def cancel_session(session: Session, *, by, reason: str) -> int:
    """The session does not take place: everybody is told once, and why; returns how many mails were written."""
    if not reason.strip():
        raise NoReason
    draft = session.state == State.DRAFT
    session = _step(session, State.CANCELLED)
    session.cancel_reason = reason.strip()
    if draft:
        # Nobody ever saw it, so the calendar need not say that it was cancelled.
        session.visibility = Session.Visibility.LINK
    _save(session, Verb.SESSION_CANCELLED, by, session.cancel_reason)
    session.participants.active().update(invitation_sequence=F("invitation_sequence") + 1)
    # Who is told that nothing takes place is not told later that an offer was not taken in time.
    waiting.withdraw_offers(session.offers)
    return mail.session_cancelled(session)


def told_of_cancelling(session: Session) -> list[str]:
    """The addresses that `cancel_session` would write to: of participants, also waiting ones, and of who booked for them.

    None for a session that is over: nobody can miss it any more.
    """
    if day_parts.is_over(session):
        return []
    people = session.participants.active().select_related("booking__booked_by")
    addresses = {person.email for person in people} | {person.booking.booked_by.email for person in people}
    return sorted(addresses - {""})


@transaction.atomic
def close_session(session: Session, *, by) -> Session:
    """It was held, and what there was to note is noted."""
    session = _step(session, State.DONE)
    if not session.day_parts.exists() or session.day_parts.filter(ends_at__gt=timezone.now()).exists():
        raise NotOverYet
    _save(session, Verb.DONE, by)
    return session


def _step(session: Session, to) -> Session:
    session = lock(session)
    _refuse_step(session, to)
    session.state = to
    return session


def _refuse_step(session: Session, to) -> None:
    if to not in Session.STEPS[State(session.state)]:
        raise StepNotAllowed(session.state)


def _save(session: Session, verb, by, detail: str = "") -> None:
    session.save()
    record(session, None, verb, by, detail)
    versions.bump(CATALOGUE)
