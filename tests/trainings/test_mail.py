"""What the bookings say by mail, and the calendar files that go with it."""

import pytest
from icalendar import Calendar

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory, VenueFactory
from trainings import day_parts, mail, planning
from trainings.booking import Person, add_participant, book_seats, cancel_participants
from trainings.models import DayPart, Session

pytestmark = pytest.mark.django_db


def sent() -> list[tuple]:
    """Kind, address and calendar method of every message, in the order of writing."""
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", "to", "calendar_method"))


def events(message) -> list:
    return list(Calendar.from_ical(message.calendar).walk("VEVENT"))


@pytest.fixture
def booker(db):
    return UserFactory(email="noor@school.demo", first_name="Noor", last_name="De Clercq")


NOOR = Person("Noor", "De Clercq", "noor@school.demo")
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
CARO = Person("Caro", "D'hondt")


def test_the_booker_gets_the_confirmation_and_each_colleague_with_an_address_an_invitation(booker):
    book_seats(SessionFactory(), by=booker, participants=[NOOR, BERT, CARO])
    assert sorted(sent()) == [
        ("booking_confirmed", "noor@school.demo", "REQUEST"),
        ("invitation", "bert@school.demo", "REQUEST"),
    ]


def test_who_books_for_others_only_gets_no_invitation_for_the_own_calendar(booker):
    book_seats(SessionFactory(), by=booker, participants=[BERT])
    assert ("booking_confirmed", "noor@school.demo", "") in sent()


def test_the_confirmation_says_everything_needed_in_the_body_and_nothing_personal_in_the_subject(booker):
    session = SessionFactory()
    DayPart.objects.update(venue=VenueFactory(name="De Zeven Stoelen"))
    book_seats(session, by=booker, participants=[NOOR, CARO])
    message = OutboxMessage.objects.get(kind="booking_confirmed")
    for needed in (
        "De Zeven Stoelen",
        "Kaaistraat 1, 9000 Gent",
        "Noor De Clercq",
        "Caro D'hondt",
        session.code,
        "/mijn/inschrijvingen/",
    ):
        assert needed in message.text
    assert message.subject == f"Je bent ingeschreven: {session.training.title}"


def test_an_invitation_has_one_event_per_day_part_and_one_attendee(booker):
    book_seats(SessionFactory(parts=2), by=booker, participants=[BERT])
    found = events(OutboxMessage.objects.get(kind="invitation"))
    assert [event["ATTENDEE"] for event in found] == ["mailto:bert@school.demo"] * 2
    assert len({event["UID"] for event in found}) == 2


def test_a_cancellation_takes_back_the_same_events_with_a_higher_sequence(booker):
    booking = book_seats(SessionFactory(), by=booker, participants=[BERT])
    cancel_participants(booking.participants.all(), by=booker)
    [before] = events(OutboxMessage.objects.get(kind="invitation"))
    [after] = events(OutboxMessage.objects.get(kind="participant_cancelled"))
    assert (after["UID"], after["STATUS"], after["SEQUENCE"] > before["SEQUENCE"]) == (before["UID"], "CANCELLED", True)


def test_the_online_link_is_in_the_invitation_of_a_participant_and_not_in_the_public_calendar(booker):
    from trainings import invitations

    session = SessionFactory()
    DayPart.objects.update(online_link="https://vergadering.demo/geheim")
    book_seats(session, by=booker, participants=[BERT])
    assert "vergadering.demo/geheim" in OutboxMessage.objects.get(kind="invitation").calendar.replace("\r\n ", "")
    assert "vergadering.demo" not in str(invitations.session_events(session))


def test_the_waiting_list_mail_invites_nobody(booker):
    session = SessionFactory(capacity=1)
    book_seats(session, by=booker, participants=[NOOR, BERT], or_wait=True)
    assert sent() == [("waiting_list", "noor@school.demo", "")]


def test_a_cancelled_session_tells_everybody_once(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    book_seats(session, by=UserFactory(email="els@jeugdhuis.demo"), participants=[Person("Jan", "Claes")])
    OutboxMessage.objects.all().delete()
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="De lesgever is ziek.")
    assert mail.session_cancelled(Session.objects.get(pk=session.pk)) == 3
    assert sorted(sent()) == [
        ("session_cancelled", "bert@school.demo", "CANCEL"),
        ("session_cancelled", "els@jeugdhuis.demo", ""),
        ("session_cancelled", "noor@school.demo", "CANCEL"),
    ]
    assert all("De lesgever is ziek." in text for text in OutboxMessage.objects.values_list("text", flat=True))


def test_a_message_to_all_goes_once_to_every_address(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    OutboxMessage.objects.all().delete()
    assert mail.message_to_all(session, subject="Parkeren", text="Kom met de fiets.", by=booker) == 2
    assert sorted(sent()) == [("message_to_all", "bert@school.demo", ""), ("message_to_all", "noor@school.demo", "")]


def test_a_name_with_markup_stays_text_in_the_html_of_a_mail(booker):
    add_participant(SessionFactory(), by=booker, person=Person("<b>Bert</b>", "O'Brien"))
    message = OutboxMessage.objects.get(kind="booking_confirmed")
    [(html, _kind)] = outbox.as_email(message).alternatives[:1]
    assert "<b>Bert</b>" in message.text
    assert "<b>Bert" not in html


def test_a_dropped_day_part_leaves_the_calendar_and_the_other_one_stays(booker):
    session = SessionFactory(parts=2)
    book_seats(session, by=booker, participants=[BERT])
    before = {event["UID"] for event in events(OutboxMessage.objects.get(kind="invitation"))}
    planning.change_session(session, by=booker, parts=day_parts.of(session)[:1])
    [stays] = events(OutboxMessage.objects.get(kind="session_changed", to="bert@school.demo"))
    [leaves] = events(OutboxMessage.objects.get(kind="day_part_dropped"))
    assert ({stays["UID"], leaves["UID"]}, stays["STATUS"], leaves["STATUS"]) == (before, "CONFIRMED", "CANCELLED")
    assert stays["SEQUENCE"] == leaves["SEQUENCE"] == 1
