"""A mail as it would be, about a session that does not exist: what somebody who changes the words looks at."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from trainings.dates import day_parts
from trainings.models import Booking, DayPart, Offer, Participant, Session, TrainingPage, Venue
from trainings.readers import Reader
from trainings.words.language import in_site_language

from .kinds import Kind
from .parts import facts_of, write
from .words import Words

AWAY = timedelta(days=30)


def example(kind: Kind, words: Words) -> tuple[str, str]:
    """(subject, text) of a mail of this kind with these words; nothing in it is kept, and nobody in it exists."""
    with in_site_language():
        session = _session()
        parts = [_part(session, 0), _part(session, 7)]
        context = facts_of(session, parts) | _context(session, parts)
        subject = str(kind.subject) % {"training": session.training.title} if kind.subject else _("Parking near the venue")
        return write(kind.name, session, subject, context, words)


def _session() -> Session:
    training = TrainingPage(title=_("Example training"), slug="voorbeeld", prepare=_("Bring an example of your own."))
    before = _morning(-2)
    return Session(
        training=training,
        code="V00-01",
        state=Session.State.PUBLISHED,
        cancelling_closes_at=before,
        changing_closes_at=before,
        names_close_at=before,
        cancel_reason=_("The trainer is ill."),
    )


def _part(session: Session, days: int, venue: str = "De Vlonder") -> DayPart:
    starts_at = _morning(days)
    place = Venue(name=venue, street="Kaaistraat 1", postcode="9000", city="Gent")
    return DayPart(pk=days + 1, session=session, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), venue=place)


def _morning(days: int) -> datetime:
    day = timezone.localdate() + AWAY + timedelta(days=days)
    return datetime.combine(day, time(9), timezone.get_default_timezone())


def _context(session: Session, parts: list[DayPart]) -> dict:
    """Whatever any kind asks for: one example serves them all."""
    booker = User(first_name="Noor", last_name="Voorbeeld", email="noor@school.example")
    booking = Booking(session=session, booked_by=booker, reference="VOORBEELD")
    people = [_person(booking, 1, "Bert", "Voorbeeld"), _person(booking, 2, "Noor", "Voorbeeld", booker.email)]
    before = [_part(session, 0, _("Another venue")), parts[1]]
    return {
        "first_name": booker.first_name,
        "booker": booker,
        "participants": people,
        "leaving": people[:1],
        "before": people[0],
        "after": people[1],
        "reader": Reader(booker.email, booker.first_name, people[1], people[:1]),
        "changes": day_parts.differences(before, parts),
        "gone": before[:1],
        "was": before[:1],
        "offer": Offer(seats=2),
        "until": date_format(_morning(-20), "l j F, G.i"),
        "missing": 2,
        "released": 2,
        "nameless_participants": 0,
        "in_calendar": True,
        "invites": True,
        "passes_on": True,
        "reason": _("The trainer is ill."),
        "message": _("Your own message stands here."),
        "sender": _("Your name"),
        **dict.fromkeys(("booking_url", "seat_url", "offer_url"), f"{settings.SITE_URL}/…"),
    }


def _person(booking: Booking, pk: int, first_name: str, family_name: str, email: str = "") -> Participant:
    return Participant(pk=pk, booking=booking, session=booking.session, first_name=first_name, family_name=family_name, email=email)
