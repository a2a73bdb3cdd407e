"""A session that moves or does not take place: what those hear who ask or wait for a seat, and have none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, VenueFactory
from tests.trainings.life import BERT, JAN, forget_mail, offered, sent, wait
from trainings import links, planning
from trainings.booking import book_seats
from trainings.dates import day_parts
from trainings.models import DayPart, Session
from trainings.seats import Person

pytestmark = pytest.mark.django_db
KEEPS_THE_PLACE = "Who is on the waiting list keeps the place in it."
STILL_ANSWERED = "Who awaits approval need not ask again: we still answer."
WITHDRAW = "Does it not suit you any more? Withdraw here:"
IN_THE_CALENDAR = "The appointment in your calendar changes with it."
ENDS_WITH_IT = "Who waited for a seat or for approval does so no longer, and need not do anything."
MINE = f"http://testserver{reverse('trainings:mine')}"


def put_off(session, **other):
    """The first day-part begins an hour later, or differs as told."""
    first, *rest = day_parts.of(session)
    other = other or {"starts_at": first.starts_at + timedelta(hours=1), "ends_at": first.ends_at + timedelta(hours=1)}
    return planning.change_session(session, by=UserFactory(), parts=[replace(first, **other), *rest])


def texts(kind: str = "session_changed") -> dict[str, str]:
    return dict(OutboxMessage.objects.filter(kind=kind).values_list("to", "text"))


def said(text: str, *sentences: str) -> list[bool]:
    return [_(sentence) in text for sentence in sentences]


def full():
    session = SessionFactory(capacity=1)
    book_seats(session, by=UserFactory(), participants=[BERT])
    return session


def offers_to_give_back(client, token: str) -> bool:
    page = client.get(reverse("trainings:seat", args=[token])).content.decode()
    return reverse("trainings:seat-give-back", args=[token]) in page


@pytest.fixture
def booker():
    return UserFactory(email="noor@school.demo", first_name="Noor")


@pytest.mark.parametrize(("state", "stays"), [("waiting", KEEPS_THE_PLACE), ("pending", STILL_ANSWERED)])
def test_who_asks_or_waits_hears_of_the_move_without_a_calendar_and_can_withdraw(booker, state, stays):
    session = SessionFactory()
    seat = ParticipantFactory(booking=BookingFactory(session=session, booked_by=booker), email="bert@school.demo", state=state)
    assert put_off(session).mailed == 2
    assert sent() == [("session_changed", "bert@school.demo", ""), ("session_changed", "noor@school.demo", "")]
    told = texts()
    assert said(told["noor@school.demo"], stays, WITHDRAW, IN_THE_CALENDAR) == [True, True, False]
    assert (MINE in told["noor@school.demo"], links.to_seat(seat) in told["bert@school.demo"]) == (True, True)
    assert f"- {seat} ({seat.get_state_display()})\n" in told["noor@school.demo"]
    assert all("Was: " in text and "Is nu: " in text for text in told.values())


def test_who_has_one_seat_and_waits_for_another_hears_both_in_one_mail(booker):
    session = SessionFactory(capacity=1)
    book_seats(session, by=booker, participants=[Person("Noor", "De Clercq", booker.email)])
    book_seats(session, by=booker, participants=[JAN], or_wait=True)
    forget_mail()
    put_off(session)
    assert sent() == [("session_changed", "noor@school.demo", "REQUEST")]
    text = texts()["noor@school.demo"]
    assert said(text, KEEPS_THE_PLACE, WITHDRAW, IN_THE_CALENDAR) == [True, False, True]
    assert "- Jan Claes (op de wachtlijst)\n" in text


def test_who_waits_reads_neither_the_online_link_nor_the_note_for_participants(booker):
    session = SessionFactory(capacity=1, parts=2, public_note="Breng je badge mee.")
    DayPart.objects.update(online_link="https://vergadering.demo/kamer")
    book_seats(session, by=UserFactory(), participants=[BERT])
    book_seats(session, by=booker, participants=[JAN], or_wait=True)
    forget_mail()
    put_off(session, venue=VenueFactory())
    told = {to: ("vergadering.demo" in text, "badge" in text) for to, text in texts().items()}
    assert (told["bert@school.demo"], told["noor@school.demo"]) == ((True, True), (False, False))


def test_who_waits_hears_nothing_of_a_new_online_link():
    session = full()
    DayPart.objects.update(online_link="https://vergadering.demo/oud")
    wait(session, 1)
    forget_mail()
    put_off(session, online_link="https://vergadering.demo/nieuw")
    assert ("bert@school.demo" in texts(), "n10@school.demo" in texts()) == (True, False)


def test_a_part_that_falls_out_sends_who_waits_no_calendar(booker):
    session = SessionFactory(capacity=1, parts=2)
    book_seats(session, by=UserFactory(), participants=[BERT])
    book_seats(session, by=booker, participants=[Person("Noor", "De Clercq", booker.email)], or_wait=True)
    forget_mail()
    planning.change_session(session, by=UserFactory(), parts=day_parts.of(session)[:1])
    assert [row for row in sent() if row[1] == booker.email] == [("session_changed", booker.email, "")]


def test_who_is_offered_a_seat_reads_until_when_and_where_to_take_it():
    session = SessionFactory(capacity=1)
    book_seats(session, by=UserFactory(), participants=[BERT])
    offer = offered(session)
    forget_mail()
    put_off(session)
    text = texts()[offer.entry.booking.booked_by.email]
    assert (links.to_offer(offer) in text, *said(text, KEEPS_THE_PLACE)) == (True, True)


def test_a_cancelled_session_ends_what_was_waited_or_asked_for(booker):
    session = SessionFactory(capacity=1)
    book_seats(session, by=UserFactory(), participants=[BERT])
    wait(session, 1)
    ParticipantFactory(booking=BookingFactory(session=session, booked_by=booker), email="", state="pending", family_name="Claes")
    forget_mail()
    planning.cancel_session(session, by=UserFactory(), reason="Ziekte")
    told = texts("session_cancelled")
    ends = {to: said(text, ENDS_WITH_IT) for to, text in told.items()}
    assert (ends["bert@school.demo"], ends["n10@school.demo"], ends["noor@school.demo"]) == ([False], [True], [True])
    assert "- Amira Claes (wacht op goedkeuring)\n" in told["noor@school.demo"]


def test_who_waits_withdraws_by_the_link_in_the_mail(client):
    entry = wait(full(), 1)
    seat = entry.booking.participants.get()
    token = links.token(links.SEAT, seat.link_key)
    assert offers_to_give_back(client, token)
    client.post(reverse("trainings:seat-give-back", args=[token]), {"reason": ""})
    entry.refresh_from_db()
    seat.refresh_from_db()
    assert (seat.state, entry.left_at is None) == ("cancelled", False)


def test_who_waits_for_a_session_that_does_not_take_place_has_nothing_to_withdraw(client):
    seat = wait(session := full(), 1).booking.participants.get()
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="Ziekte")
    assert not offers_to_give_back(client, links.token(links.SEAT, seat.link_key))


def test_what_waits_in_the_outbox_about_the_old_hour_is_not_sent(booker):
    session = SessionFactory()
    subject = f"session:{session.pk}"
    ParticipantFactory(booking=BookingFactory(session=session, booked_by=booker))
    outbox.queue(kind="session_reminder", to="a@school.demo", subject="x", text="x", about=subject)
    outbox.queue(kind="message_to_all", to="a@school.demo", subject="x", text="x", about=subject)
    put_off(session)
    outbox.send_due()
    found = OutboxMessage.objects.filter(to="a@school.demo").values_list("kind", "state", "error")
    assert sorted(found) == [("message_to_all", "sent", ""), ("session_reminder", "failed", "expired")]
