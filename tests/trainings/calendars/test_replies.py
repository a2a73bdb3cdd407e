"""What calendars answer to invitations: noted where it can be trusted, and never more than noted."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import DayPart, SessionFactory, local
from trainings import changing, links
from trainings.booking import book_seats, cancel_participants
from trainings.calendars import replies
from trainings.models import HistoryEntry, Participant, Session
from trainings.seats import Person

pytestmark = pytest.mark.django_db
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
EARLIER = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def booking():
    return book_seats(SessionFactory(), by=UserFactory(email="noor@school.demo"), participants=[BERT])


def events(booking) -> list:
    """The events of the invitation that went out."""
    message = OutboxMessage.objects.filter(kind="invitation", about=f"session:{booking.session_id}").latest("created_at")
    return list(Calendar.from_ical(message.calendar).walk("VEVENT"))


def reply(event, status="ACCEPTED", *, at=EARLIER, attendee="bert@school.demo", method="REPLY", **changes) -> bytes:
    """A mail as calendars send it."""
    facts = {"uid": str(event["UID"]), "sequence": int(event["SEQUENCE"])} | changes
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elders//NL", f"METHOD:{method}", "BEGIN:VEVENT"),
        *(f"UID:{facts['uid']}", f"SEQUENCE:{facts['sequence']}", f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}", "DTSTART:20270101T090000Z"),
        *(f"ATTENDEE;CN=Bert;PARTSTAT={status}:mailto:{attendee}", "END:VEVENT", "END:VCALENDAR", ""),
    ]
    return in_a_mail("\r\n".join(lines).encode())


def in_a_mail(calendar: bytes, kind='text/calendar; charset="utf-8"; method=REPLY', sender="bert@school.demo") -> bytes:
    head = f"From: Bert <{sender}>\r\nSubject: Geweigerd\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
    text = "--x\r\nContent-Type: text/plain\r\n\r\nIk kan niet.\r\n"
    return f"{head}{text}--x\r\nContent-Type: {kind}\r\n\r\n".encode() + calendar + b"\r\n--x--\r\n"


def noted(booking) -> tuple[str, int]:
    """The reply beside the participant, and how often the history speaks of one."""
    return booking.participants.get().reply, HistoryEntry.objects.filter(verb="replied").count()


def told() -> list[str]:
    return list(OutboxMessage.objects.filter(kind="invitation_declined").values_list("to", flat=True))


@pytest.mark.parametrize(("status", "expected"), [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")])
def test_an_answer_is_noted_beside_the_participant_and_in_the_history(booking, status, expected):
    assert replies.note_mail(reply(events(booking)[0], status)) == 1
    person = booking.participants.get()
    assert (person.reply, person.replied_at) == (expected, EARLIER)
    entry = booking.history.get(verb="replied")
    assert (entry.by, entry.detail) == (None, f"Bert Van den Broeck: {Participant.Reply(expected).label}")


def test_declining_gives_no_seat_back_and_is_answered_once_with_the_link_that_does(booking):
    [event] = events(booking)
    replies.note_mail(reply(event, "DECLINED"))
    replies.note_mail(reply(event, "ACCEPTED", at=EARLIER + timedelta(hours=1)))
    replies.note_mail(reply(event, "DECLINED", at=EARLIER + timedelta(hours=2)))
    person = booking.participants.get()
    assert (person.state, person.reply, told()) == ("confirmed", "declined", ["bert@school.demo"])
    message = OutboxMessage.objects.get(kind="invitation_declined")
    assert links.to_seat(person) in message.text
    assert "Bert" not in message.subject


def test_the_same_answer_twice_changes_nothing(booking):
    raw = reply(events(booking)[0], "DECLINED")
    assert [replies.note_mail(raw), replies.note_mail(raw)] == [1, 0]
    assert (noted(booking), told()) == (("declined", 1), ["bert@school.demo"])


def test_an_older_answer_that_arrives_later_changes_nothing(booking):
    [event] = events(booking)
    replies.note_mail(reply(event, "ACCEPTED", at=EARLIER))
    assert replies.note_mail(reply(event, "DECLINED", at=EARLIER - timedelta(minutes=1))) == 0
    assert noted(booking) == ("accepted", 1)


def test_an_answer_from_a_clock_that_runs_ahead_does_not_silence_the_next(booking):
    [event] = events(booking)
    replies.note_mail(reply(event, "ACCEPTED", at=datetime(2090, 1, 1, tzinfo=UTC)))
    person = booking.participants.get()
    assert person.replied_at.year < 2090


def test_an_answer_to_an_older_invitation_is_ignored(booking):
    [event] = events(booking)
    booking.participants.update(invitation_sequence=2)
    assert replies.note_mail(reply(event, "DECLINED", sequence=1)) == 0
    assert (replies.note_mail(reply(event, "DECLINED", sequence=2)), noted(booking)) == (1, ("declined", 1))


def test_an_answer_from_another_address_is_noted_once_and_not_applied(booking):
    raw = reply(events(booking)[0], "DECLINED", attendee="els@elders.demo")
    assert [replies.note_mail(raw), replies.note_mail(raw)] == [1, 0]
    assert (noted(booking), told()) == (("", 1), [])
    assert "els@elders.demo" not in booking.history.get(verb="replied").detail


def test_an_answer_of_who_was_replaced_says_nothing_about_who_comes(booking):
    [event] = events(booking)
    changing.replace_participant(
        booking.participants.get(), by=booking.booked_by, person=Person("Caro", "D'hondt", "caro@school.demo")
    )
    assert (replies.note_mail(reply(event, "DECLINED")), noted(booking)) == (0, ("", 0))


def test_an_answer_of_who_gave_the_seat_back_is_ignored(booking):
    [event] = events(booking)
    cancel_participants(booking.participants.all(), by=booking.booked_by)
    assert replies.note_mail(reply(event, "DECLINED", sequence=99)) == 0


@pytest.mark.parametrize("state", ["cancelled", "done"])
def test_an_answer_about_a_session_that_is_not_to_come_is_ignored(booking, state):
    [event] = events(booking)
    Session.objects.update(state=state, cancel_reason="De lesgever is ziek.")
    assert replies.note_mail(reply(event, "DECLINED")) == 0


def test_an_answer_after_the_session_is_ignored(booking):
    [event] = events(booking)
    DayPart.objects.update(starts_at=local(-3, 9), ends_at=local(-3, 12))
    assert replies.note_mail(reply(event, "DECLINED")) == 0


def test_of_two_day_parts_answered_at_once_the_no_counts_in_any_order():
    for statuses in (("ACCEPTED", "DECLINED"), ("DECLINED", "ACCEPTED")):
        booking = book_seats(SessionFactory(parts=2), by=UserFactory(), participants=[BERT])
        for event, status in zip(events(booking), statuses, strict=True):
            replies.note_mail(reply(event, status))
        assert booking.participants.get().reply == "declined"


def test_several_events_in_one_mail_are_all_read():
    booking = book_seats(SessionFactory(parts=2), by=UserFactory(), participants=[BERT])
    one, other = (reply(event, status) for event, status in zip(events(booking), ("ACCEPTED", "DECLINED"), strict=True))
    begin, end = b"BEGIN:VEVENT", b"END:VCALENDAR"
    both = one.replace(end, other[other.index(begin) : other.index(end)] + end)
    assert replies.note_mail(both) == 1
    assert booking.participants.get().reply == "declined"


def broken(event) -> dict[str, bytes]:
    """Mails that nobody should send, and some that people do."""
    good = reply(event, "DECLINED")
    return {
        "nothing": b"",
        "zeros": b"\x00" * 500,
        "no calendar part": b"From: els@school.demo\r\nSubject: Vraag\r\n\r\nMag ik iemand meebrengen?\r\n",
        "a calendar part that is none": in_a_mail(b"dit is geen kalender"),
        "a calendar that stops halfway": good[: good.index(b"ATTENDEE")],
        "an invitation": reply(event, "DECLINED", method="REQUEST"),
        "a method that is none": reply(event, "DECLINED", method="REPLY\x07"),
        "a key that is not ours": reply(event, uid="6f9619ff-8b86-d011-b42d-00c04fc964ff-1@expo-r.demo", status="DECLINED"),
        "a day-part that is not of this session": reply(event, uid=str(event["UID"]).replace("-1@", "-9999@"), status="X"),
        "another site": reply(event, uid=str(event["UID"]).split("@")[0] + "@elders.demo", status="DECLINED"),
        "a number too large": reply(event, uid=f"{'0' * 8}-{'-'.join(['0' * 4] * 3)}-{'0' * 12}-{'9' * 40}@expo-r.demo"),
        "a uid with an end of line": reply(event, uid="x\\n\\nBEGIN:VEVENT", status="DECLINED"),
        "an answer that does not exist": reply(event, "PERHAPS-NEVER"),
        "a sequence that is no number": reply(event, "DECLINED", sequence="véél"),
        "a sequence below zero": reply(event, "DECLINED", sequence=-5),
        "a day in the year one": good.replace(b"DTSTAMP:2026", b"DTSTAMP:0001").replace(b"DECLINED", b"WHO"),
        "a day that does not exist": good.replace(b"0105T09", b"1399T77"),
        "two attendees": good.replace(b"END:VEVENT", b"ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.demo\r\nEND:VEVENT"),
        "no attendee": good.replace(b"ATTENDEE", b"X-NOBODY"),
        "a charset that does not exist": in_a_mail(b"BEGIN:VCALENDAR\r\nX:\xff\xfe\r\n", "text/calendar; charset=klingon"),
        "a file that is too large": good + b"x" * 2_000_000,
        "a calendar that is too large": in_a_mail(b"BEGIN:VCALENDAR\r\n" + b"X:y\r\n" * 60_000),
        "a thousand parts in one another": b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1_000)
        ),
        "a thousand calendars in one another": in_a_mail(b"BEGIN:VCALENDAR\r\n" * 1_000),
        "base64 that is none": in_a_mail(b"%%%%", "text/calendar\r\nContent-Transfer-Encoding: base64"),
        "a head with a byte that is no text": b"Subject: \xff\r\nContent-Type: text/calendar; charset=\xff\r\n\r\nBEGIN:VCALENDAR",
    }


def test_hostile_and_broken_mails_change_nothing_and_stop_nothing(booking):
    for name, raw in broken(events(booking)[0]).items():
        assert (replies.note_mail(raw), noted(booking)) == (0, ("", 0)), name
    assert told() == []


def test_an_answer_in_latin_letters_is_read(booking):
    raw = reply(events(booking)[0]).replace(b"CN=Bert", "CN=Béèrt".encode("latin-1")).replace(b'"utf-8"', b"iso-8859-1")
    assert replies.note_mail(raw) == 1


def test_no_log_tells_who_answered(booking, caplog):
    for raw in broken(events(booking)[0]).values():
        replies.note_mail(raw)
    assert ("bert@" in caplog.text, "could not be read" in caplog.text) == (False, True)
