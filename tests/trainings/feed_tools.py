"""Private calendars in a test: where they are read, what they show, and something to show."""

from icalendar import Calendar

from shared import kept_answers
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    make_training,
)
from trainings import links
from trainings.models import Session


def address(feed) -> str:
    """Where the calendar is read."""
    return links.to_feed(feed).removeprefix("http://testserver")


def events(client, feed) -> list[tuple[str, str]]:
    """What the calendar shows, with how sure it is."""
    kept_answers.forget()
    response = client.get(address(feed))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return sorted((str(event["summary"]), str(event["status"])) for event in Calendar.from_ical(response.content).walk("VEVENT"))


def booked(training: str, *, by, organisation=None, **session) -> Session:
    """A session in which this person has a seat for somebody."""
    found = SessionFactory(training=make_training(title=training), **session)
    ParticipantFactory(booking=BookingFactory(session=found, booked_by=by, organisation=organisation))
    return found
