"""An organisation's bookings and participants as a workbook; access needs are nobody's but the participant's and the team's."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from knowledge.network.models import Organisation
from shared.workbook import Column, Sheet, write
from trainings.models import DayPart, Participant

from .overview import bookings_of

CHUNK = 500


def write_organisation(organisation: Organisation, file) -> None:
    """Two sheets: a row for each booking, and a row for each participant."""
    bookings = Sheet(_("Bookings"), booking_columns(), booking_rows(organisation))
    people = Sheet(_("Participants"), participant_columns(), participant_rows(organisation))
    write([bookings, people], file)


def booking_columns() -> list[Column]:
    """What a row of `booking_rows` holds."""
    return [
        Column(_("Number"), 12),
        Column(_("Training"), 44),
        Column(_("Session"), 14),
        Column(_("State of the session"), 18),
        Column(_("Start"), 18, "datetime"),
        Column(_("End"), 18, "datetime"),
        Column(_("Booked by"), 26),
        Column(_("Booked on"), 18, "datetime"),
        Column(_("Seats"), 10, "number"),
        Column(_("Names missing"), 14, "number"),
        Column(_("Awaiting approval"), 18, "number"),
        Column(_("Waiting"), 10, "number"),
        Column(_("Awaits"), 34),
    ]


def booking_rows(organisation: Organisation) -> Iterator[list]:
    """The bookings, the newest session first."""
    for booking in bookings_of(organisation).with_seats().order_by("-starts_at", "pk").iterator(chunk_size=CHUNK):
        session = booking.session
        yield [
            booking.reference,
            session.training.title,
            session.code,
            session.get_state_display(),
            booking.starts_at,
            booking.ends_at,
            booking.booked_by,
            booking.created_at,
            booking.seated,
            booking.nameless,
            booking.asked,
            booking.waiting,
            booking.get_stage_display() if booking.stage else "",
        ]


def participant_columns() -> list[Column]:
    """What a row of `participant_rows` holds."""
    return [
        Column(_("Number"), 12),
        Column(_("Training"), 44),
        Column(_("Session"), 14),
        Column(_("Start"), 18, "datetime"),
        Column(_("Family name"), 22),
        Column(_("First name"), 18),
        Column(_("E-mail address"), 30),
        Column(_("Function"), 24),
        Column(_("State"), 22),
        Column(_("Reason"), 30, wrap=True),
    ]


def participant_rows(organisation: Organisation) -> Iterator[list]:
    """Everybody of these bookings, whoever gave the seat back too."""
    first = DayPart.objects.filter(session=OuterRef("session")).order_by("starts_at").values("starts_at")[:1]
    people = Participant.objects.filter(booking__organisation=organisation).select_related("booking", "session__training")
    people = people.annotate(starts_at=Subquery(first)).order_by("-starts_at", "booking", "family_name", "first_name", "pk")
    for person in people.iterator(chunk_size=CHUNK):
        yield [
            person.booking.reference,
            person.session.training.title,
            person.session.code,
            person.starts_at,
            person.family_name,
            person.first_name,
            person.email,
            person.function,
            person.get_state_display(),
            person.cancel_reason,
        ]
