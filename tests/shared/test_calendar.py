"""Calendar files, read back by the library that wrote them and by eye."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from shared.calendar import Event, cancellation, feed, invitation

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2027, 3, 25, 9, 0, tzinfo=BRUSSELS)
ORGANISER = "EXPO-R <vormingen@expo-r.demo>"


def event(**fields):
    return Event(
        **{"uid": "a-1@expo-r.demo", "starts_at": START, "ends_at": START + timedelta(hours=3), "summary": "Dialoog"} | fields
    )


def only_event(file):
    [found] = Calendar.from_ical(file).walk("VEVENT")
    return found


def invite(**fields):
    return invitation([event(**fields)], organiser=ORGANISER, attendee="amira@school.demo", name="Amira D'hondt; 1e jaar")


def test_an_invitation_asks_one_attendee_in_the_name_of_the_monitored_mailbox():
    method, file = invite(sequence=2)
    found = only_event(file)
    assert (method, Calendar.from_ical(file)["METHOD"]) == ("REQUEST", "REQUEST")
    assert (found["ORGANIZER"], found["ATTENDEE"]) == ("mailto:vormingen@expo-r.demo", "mailto:amira@school.demo")
    assert (found["SEQUENCE"], found["STATUS"], found["UID"]) == (2, "CONFIRMED", "a-1@expo-r.demo")


def test_a_cancellation_has_the_method_and_the_status_and_the_same_uid():
    method, file = cancellation([event(sequence=3)], organiser=ORGANISER, attendee="amira@school.demo", name="Amira")
    found = only_event(file)
    assert (method, found["STATUS"], found["UID"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", "a-1@expo-r.demo", 3)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2027, 3, 27), datetime(2027, 3, 27, 8, tzinfo=UTC)),
        ((2027, 3, 28), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        ((2027, 10, 30), datetime(2027, 10, 30, 7, tzinfo=UTC)),
        ((2027, 10, 31), datetime(2027, 10, 31, 8, tzinfo=UTC)),
    ],
)
def test_nine_in_brussels_is_right_on_both_sides_of_both_clock_changes(day, expected):
    start = datetime(*day, 9, tzinfo=BRUSSELS)
    found = only_event(feed("EXPO-R", [event(starts_at=start, ends_at=start + timedelta(hours=1))]))
    assert found["DTSTART"].dt == expected
    assert b"TZID" not in feed("EXPO-R", [event(starts_at=start, ends_at=start + timedelta(hours=1))])


def test_a_feed_has_no_attendee_and_says_how_often_to_look():
    file = feed("Vormingen", [event(cancelled=True)]).decode()
    assert "ATTENDEE" not in file
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in file
    assert "X-PUBLISHED-TTL:PT1H" in file
    assert only_event(file)["STATUS"] == "CANCELLED"


def test_hostile_text_stays_text():
    summary = "Titel\r\nATTENDEE:mailto:x@y.demo;, \\n"
    found = only_event(feed("EXPO-R", [event(summary=summary)]))
    assert "ATTENDEE" not in found
