"""Calendar files: feeds for subscribers, invitations and cancellations for one attendee (RFC 5545, 5546, 7986)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as VEvent

PRODUCT = "-//EXPO-R//programme manager//NL"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """One thing in a calendar. `starts_at` and `ends_at` are aware; `uid` never changes, `sequence` only grows."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    tentative: bool = False
    changed_at: datetime | None = None


def feed(name: str, events) -> bytes:
    """A calendar to subscribe to; cancelled events stay in it and say so. No attendee is ever in a feed."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_vevent(event))
    return calendar.to_ical()


def download(events) -> bytes:
    """A file to put into one's own calendar by hand."""
    return feed("EXPO-R", events)


def note(day: date, summary: str) -> bytes:
    """A file with one whole day and one sentence, that does not tell where it comes from."""
    calendar = _calendar("PUBLISH", product="-//calendar//")
    event = VEvent()
    event.add("uid", str(uuid4()))
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    return calendar.to_ical()


def invitation(events, *, organiser: str, attendee: str, name: str) -> tuple[str, str]:
    """(METHOD, file) that asks one attendee to note these events; `organiser` is the monitored mailbox."""
    return _message("REQUEST", events, organiser, attendee, name)


def cancellation(events, *, organiser: str, attendee: str, name: str) -> tuple[str, str]:
    """(METHOD, file) that takes these events out of one attendee's calendar again."""
    return _message("CANCEL", events, organiser, attendee, name)


def _message(method: str, events, organiser: str, attendee: str, name: str) -> tuple[str, str]:
    calendar = _calendar(method)
    for event in events:
        component = _vevent(event, cancelled=method == "CANCEL")
        component.add("organizer", _address(organiser))
        component.add("attendee", _attendee(attendee, name))
        calendar.add_component(component)
    return method, calendar.to_ical().decode()


def _calendar(method: str, product: str = PRODUCT) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _vevent(event: Event, *, cancelled: bool = False) -> VEvent:
    component = VEvent()
    component.add("uid", event.uid)
    # Times travel in UTC: a TZID without its VTIMEZONE is read wrongly by several calendars.
    component.add("dtstamp", (event.changed_at or datetime.now(UTC)).astimezone(UTC))
    component.add("dtstart", event.starts_at.astimezone(UTC))
    component.add("dtend", event.ends_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("status", "CANCELLED" if cancelled or event.cancelled else "TENTATIVE" if event.tentative else "CONFIRMED")
    for field in ("summary", "location", "description", "url"):
        if value := getattr(event, field):
            component.add(field, value)
    return component


def _address(mailbox: str) -> vCalAddress:
    name, address = parseaddr(mailbox)
    value = vCalAddress(f"mailto:{address}")
    if name:
        value.params["CN"] = vText(name)
    return value


def _attendee(address: str, name: str) -> vCalAddress:
    value = vCalAddress(f"mailto:{address}")
    value.params.update({"CN": vText(name), "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    return value
