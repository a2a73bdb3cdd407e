"""Reading the calendar files of mails the way other people's calendars do: with two parsers that did not write them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import vobject
from ical.calendar_stream import IcsCalendarStream

from shared.models import OutboxMessage


@dataclass(frozen=True)
class Item:
    """What one event of a file says, in whichever parser's words."""

    method: str
    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    location: str
    attendee: str
    organiser: str


def by_vobject(text: str) -> list[Item]:
    calendar = vobject.readOne(text)
    return [
        Item(
            method=calendar.method.value,
            uid=event.uid.value,
            sequence=int(event.sequence.value),
            status=event.status.value,
            starts_at=event.dtstart.value.astimezone(UTC),
            ends_at=event.dtend.value.astimezone(UTC),
            location=event.location.value,
            attendee=_only(event.attendee_list).value,
            organiser=event.organizer.value,
        )
        for event in calendar.vevent_list
    ]


def by_ical(text: str) -> list[Item]:
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [
        Item(
            method=calendar.method,
            uid=event.uid,
            sequence=event.sequence,
            status=event.status.value,
            starts_at=event.dtstart.astimezone(UTC),
            ends_at=event.dtend.astimezone(UTC),
            location=event.location,
            attendee=str(_only(event.attendees).uri),
            organiser=str(event.organizer.uri),
        )
        for event in calendar.events
    ]


def read(message: OutboxMessage) -> list[Item]:
    """The events of a mail's calendar file; both parsers must agree on every word."""
    found = by_vobject(message.calendar)
    assert found == by_ical(message.calendar)
    assert {item.method for item in found} == {message.calendar_method}
    return found


def _only(rows):
    [row] = rows
    return row
