"""The answers of calendars in a mail (RFC 5546, METHOD:REPLY), read with distrust: anybody can send anything to a mailbox."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import Message

from icalendar import Calendar
from icalendar.cal import Component

logger = logging.getLogger(__name__)

MAIL_AT_MOST = 1024 * 1024
CALENDAR_AT_MOST = 100 * 1024
EVENTS_AT_MOST = 20
KINDS = ("text/calendar", "application/ics")
STATUSES = ("ACCEPTED", "TENTATIVE", "DECLINED")


@dataclass(frozen=True)
class Answer:
    """What one attendee answered about one event; `at` is when they did, if the calendar says so."""

    uid: str
    attendee: str
    status: str
    sequence: int
    at: datetime | None


def answers_in(raw: bytes) -> list[Answer]:
    """All answers in this mail; none in one that is too large, of another kind, or broken."""
    if len(raw) > MAIL_AT_MOST:
        return []
    try:
        return list(_answers(raw))
    except Exception as error:  # whatever somebody made up: one mail must not keep the others from being read
        logger.warning("replies: a mail could not be read: %s", type(error).__name__)
        return []


def _answers(raw: bytes) -> Iterator[Answer]:
    text = _calendar_in(message_from_bytes(raw, policy=policy.compat32))
    if not text:
        return
    calendar = Calendar.from_ical(text)
    if str(calendar.get("METHOD", "")).strip().upper() != "REPLY":
        return
    for event in calendar.walk("VEVENT")[:EVENTS_AT_MOST]:
        if answer := _answer(event):
            yield answer


def _calendar_in(mail: Message) -> str:
    """The first calendar file of the mail, as text."""
    for part in mail.walk():
        if part.get_content_type() in KINDS and isinstance(body := part.get_payload(decode=True), bytes):
            return _text(body, part.get_content_charset()) if len(body) <= CALENDAR_AT_MOST else ""
    return ""


def _text(body: bytes, charset: str | None) -> str:
    # Calendars are UTF-8 (RFC 5545, 3.1.4), whatever the mail around them says.
    for name in ("utf-8", charset):
        try:
            return body.decode(name or "latin-1")
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("latin-1")


def _answer(event: Component) -> Answer | None:
    attendees = event.get("ATTENDEE", [])
    # A reply is of one attendee (RFC 5546, 3.2.3); one of several says nothing certain about any of them.
    [attendee] = attendees if isinstance(attendees, list) and len(attendees) == 1 else [attendees]
    status = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
    if isinstance(attendee, list) or status not in STATUSES:
        return None
    address = str(attendee).strip().lower().removeprefix("mailto:")
    return Answer(str(event.get("UID", "")).strip(), address, status, int(event.get("SEQUENCE", 0)), _moment(event))


def _moment(event: Component) -> datetime | None:
    at: date | None = getattr(event.get("DTSTAMP"), "dt", None)
    if not isinstance(at, datetime):
        return None
    # Reckoned here, where a moment outside of all calendars is caught.
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
