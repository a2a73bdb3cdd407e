"""The steps of a session's life: published, cancelled, closed once it was held."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shared import versions
from trainings import mail, waiting
from trainings.models import HistoryEntry, Session
from trainings.refusals import NoDayPart, NoReason, NotOverYet, StartsInThePast, StepNotAllowed, TrainingNotPublished
from trainings.seats import CATALOGUE, lock, record

Verb = HistoryEntry.Verb
State = Session.State


@transaction.atomic
def publish_session(session: Session, *, by) -> Session:
    """Opens a draft for booking."""
    session = _step(session, State.PUBLISHED)
    first = session.day_parts.order_by("starts_at").first()
    if first is None:
        raise NoDayPart
    if first.starts_at <= timezone.now():
        raise StartsInThePast
    if not session.training.live:
        raise TrainingNotPublished
    _save(session, Verb.PUBLISHED, by)
    return session


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
    """The addresses that `cancel_session` would write to: of participants, also waiting ones, and of who booked for them."""
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
    if to not in Session.STEPS[State(session.state)]:
        raise StepNotAllowed
    session.state = to
    return session


def _save(session: Session, verb, by, detail: str = "") -> None:
    session.save()
    record(session, None, verb, by, detail)
    versions.bump(CATALOGUE)
