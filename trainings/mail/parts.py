"""How a message about a session is put together: who reads it, what stands in it, what goes into the calendar."""

import re
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from shared import outbox
from shared.models import OutboxMessage
from trainings import links
from trainings.calendars import invitations
from trainings.models import Booking, DayPart, Participant, Session
from trainings.readers import Reader, is_booker

from .words import Words, values, words_of

# What the team writes itself is of use after the session, too: thanks, slides.
ALSO_AFTERWARDS = ("message_to_all",)
EMPTY_LINES = re.compile(r"\n{3,}")  # what a template leaves behind where it had nothing to say


def post(messages: list[OutboxMessage]) -> int:
    """Puts these messages in the outbox, and returns how many; about a session that is over nobody hears anything any more."""
    return len(outbox.queue_all([message for message in messages if not message.is_expired]))


def to_booker(
    kind: str,
    booking: Booking,
    *,
    subject: str,
    people: list[Participant],
    calendar=None,
    valid_until: datetime | None = None,
    **more,
) -> OutboxMessage:
    """A message to who made a booking; `people` are whom it is about. Not sent after `valid_until`, nor after the session."""
    context = {
        "first_name": booking.booked_by.first_name,
        "participants": sorted(people, key=Participant.sorting_key),
        "nameless_participants": sum(not person.first_name and not person.family_name for person in people),
        "booking_url": f"{settings.SITE_URL}{booking.get_absolute_url()}",
    }
    return _message(kind, booking.session, booking.booked_by.email, subject, context | more, calendar, valid_until)


def to_invited(kind: str, person: Participant, subject: str, calendar, **more) -> OutboxMessage:
    """A message to a participant whom somebody else booked."""
    context = {"first_name": person.first_name, "booker": person.booking.booked_by, "seat_url": links.to_seat(person)}
    return _message(kind, person.session, person.email, subject, context | more, calendar)


def to_reader(
    kind: str, session: Session, reader: Reader, subject: str, calendar, *, valid_until: datetime | None = None, **more
) -> OutboxMessage:
    """A message about a session to one of those whom it reaches."""
    own = reader.own
    context = {"reader": reader, "first_name": reader.first_name, "booker": own and own.booking.booked_by}
    context["seat_url"] = links.to_seat(own) if own else ""
    return _message(kind, session, reader.address, subject, context | more, calendar, valid_until)


def _message(
    kind: str, session: Session, to: str, subject: str, context: dict, calendar, valid_until: datetime | None = None
) -> OutboxMessage:
    day_parts = invitations.day_parts(session)
    context = facts_of(session, day_parts) | {"in_calendar": bool(calendar)} | context
    subject, text = write(kind, session, subject, context, words_of(kind, session))
    ends = [] if kind in ALSO_AFTERWARDS else [part.ends_at for part in day_parts]
    until = [moment for moment in (valid_until, max(ends, default=None)) if moment]
    return outbox.compose(
        kind=kind,
        to=to,
        subject=subject,
        text=text,
        about=about_session(session),
        valid_until=min(until, default=None),
        calendar=calendar,
    )


def about_session(session: Session) -> str:
    """What the outbox calls the messages about this session."""
    return f"session:{session.pk}"


def write(kind: str, session: Session, subject: str, context: dict, words: Words) -> tuple[str, str]:
    """(subject, text): facts, links and what the law asks stand in the template, the team's own words around them."""
    own = words.filled(values(session, context["day_parts"], context))
    text = render_to_string(f"trainings/mail/{kind}.txt", context | {"opening": own.opening, "closing": own.closing})
    return own.subject or subject, EMPTY_LINES.sub("\n\n", text.strip() + "\n")


def facts_of(session: Session, day_parts: list[DayPart]) -> dict:
    """What every mail about this session says."""
    return {
        "session": session,
        "training": session.training,
        "day_parts": day_parts,
        "site_url": settings.SITE_URL,
        "mine_url": f"{settings.SITE_URL}{reverse('trainings:mine')}",
    }


def about(session: Session) -> dict[str, str]:
    """What a subject is made of; nothing personal."""
    return {"training": session.training.title}


def own_of(people: list[Participant]) -> Participant | None:
    """The booker among these people of one booking."""
    return next((person for person in people if is_booker(person)), None)


def waiting_of(booking: Booking) -> list[Participant]:
    """Who of this booking waits for a seat."""
    return list(booking.participants.filter(state=Participant.State.WAITING).in_order())


def to_colleague(kind: str, session: Session, user, *, subject: str, **facts) -> OutboxMessage:
    """A message to somebody who did not book and does not take part, but has something to decide."""
    return _message(kind, session, user.email, subject, {"first_name": user.first_name} | facts, None)
