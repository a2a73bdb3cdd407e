"""Booking a seat and giving it back: each rule by its name."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.booking import MOST_AN_HOUR, add_participant, add_walk_in, book_seats, cancel_participants
from trainings.models import Booking, HistoryEntry, Participant, Session
from trainings.refusals import AlreadyBooked, BookingClosed, SessionFull, TooLate, TooManyBookings
from trainings.seats import Person, seats_left

pytestmark = pytest.mark.django_db

AMIRA = Person("Amira", "Janssens", "amira@school.demo")
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
CARO = Person("Caro", "D'hondt")


def names(session, state=Participant.State.CONFIRMED):
    return list(session.participants.filter(state=state).order_by("pk").values_list("first_name", flat=True))


def test_book_seats_gives_each_person_a_confirmed_seat():
    session = SessionFactory(capacity=3)
    book_seats(session, by=UserFactory(), participants=[AMIRA, BERT])
    assert (names(session), seats_left(session)) == (["Amira", "Bert"], 1)


def test_book_seats_refuses_a_full_session_and_says_how_many_are_left():
    session = SessionFactory(capacity=2)
    book_seats(session, by=UserFactory(), participants=[AMIRA])
    with pytest.raises(SessionFull) as refusal:
        book_seats(session, by=UserFactory(), participants=[BERT, CARO])
    assert (refusal.value.seats_left, names(session)) == (1, ["Amira"])


def test_book_seats_puts_a_full_session_on_its_waiting_list_when_asked():
    session = SessionFactory(capacity=1)
    book_seats(session, by=UserFactory(), participants=[AMIRA])
    booking = book_seats(session, by=UserFactory(), participants=[BERT, CARO], or_wait=True, fewer_is_fine=True)
    assert names(session, Participant.State.WAITING) == ["Bert", "Caro"]
    assert (booking.waiting_entry.seats, booking.waiting_entry.fewer_is_fine) == (2, True)


def test_book_seats_refuses_to_wait_where_the_session_has_no_waiting_list():
    session = SessionFactory(capacity=1, waiting_list=False)
    with pytest.raises(SessionFull):
        book_seats(session, by=UserFactory(), participants=[AMIRA, BERT], or_wait=True)


@pytest.mark.parametrize("state", [Session.State.DRAFT, Session.State.DONE])
def test_book_seats_refuses_a_session_that_is_not_published(state):
    with pytest.raises(BookingClosed):
        book_seats(SessionFactory(state=state), by=UserFactory(), participants=[AMIRA])


def test_book_seats_refuses_a_cancelled_session():
    session = SessionFactory(state=Session.State.CANCELLED, cancel_reason="Ziekte")
    with pytest.raises(BookingClosed):
        book_seats(session, by=UserFactory(), participants=[AMIRA])


def test_book_seats_refuses_after_the_deadline():
    session = SessionFactory(booking_closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(BookingClosed):
        book_seats(session, by=UserFactory(), participants=[AMIRA])


def test_book_seats_looks_at_the_session_as_it_is_now_not_as_it_was_read():
    session = SessionFactory(capacity=5)
    Session.objects.filter(pk=session.pk).update(capacity=1)
    with pytest.raises(SessionFull):
        book_seats(session, by=UserFactory(), participants=[AMIRA, BERT])


def test_book_seats_refuses_an_address_that_has_a_seat_whatever_its_case():
    session = SessionFactory()
    book_seats(session, by=UserFactory(), participants=[AMIRA])
    with pytest.raises(AlreadyBooked) as refusal:
        book_seats(session, by=UserFactory(), participants=[Person("A", "J", "AMIRA@School.demo")])
    assert refusal.value.email == "amira@school.demo"


def test_book_seats_refuses_the_same_address_twice_in_one_booking():
    with pytest.raises(AlreadyBooked):
        book_seats(SessionFactory(), by=UserFactory(), participants=[AMIRA, AMIRA])


def test_people_without_an_address_may_have_the_same_name():
    session = SessionFactory()
    book_seats(session, by=UserFactory(), participants=[CARO, CARO])
    assert names(session) == ["Caro", "Caro"]


def test_an_address_whose_seat_was_cancelled_may_book_again():
    session, booker = SessionFactory(), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA])
    cancel_participants(booking.participants.all(), by=booker)
    book_seats(session, by=booker, participants=[AMIRA])
    assert names(session) == ["Amira"]


def test_a_form_sent_twice_books_once():
    session, booker, key = SessionFactory(), UserFactory(), uuid.uuid4()
    first = book_seats(session, by=booker, participants=[AMIRA], form_key=key)
    second = book_seats(session, by=booker, participants=[AMIRA], form_key=key)
    assert (first, Booking.objects.count(), names(session)) == (second, 1, ["Amira"])


def test_a_form_key_of_somebody_else_does_not_show_their_booking():
    session, key = SessionFactory(), uuid.uuid4()
    first = book_seats(session, by=UserFactory(), participants=[AMIRA], form_key=key)
    assert book_seats(session, by=UserFactory(), participants=[BERT], form_key=key) != first


def test_the_database_refuses_a_second_active_seat_for_an_address():
    booking = BookingFactory()
    ParticipantFactory(booking=booking, email="amira@school.demo")
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantFactory(booking=booking, email="Amira@School.demo")


def test_the_database_refuses_a_session_without_a_seat():
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(capacity=0)


def test_cancel_participants_frees_the_seats():
    session, booker = SessionFactory(capacity=2), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA, BERT])
    cancel_participants(booking.participants.filter(first_name="Amira"), by=booker)
    assert (names(session), seats_left(session)) == (["Bert"], 1)


def test_cancel_participants_refuses_the_booker_after_the_deadline_but_not_the_team():
    session, booker = SessionFactory(), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA])
    Session.objects.update(cancelling_closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(TooLate):
        cancel_participants(booking.participants.all(), by=booker)
    assert cancel_participants(booking.participants.all(), by=UserFactory(), as_team=True, reason="Ziek") == 1


def test_cancel_participants_twice_cancels_and_mails_once():
    session, booker = SessionFactory(), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA])
    people = list(booking.participants.all())
    assert [cancel_participants(people, by=booker), cancel_participants(people, by=booker)] == [1, 0]
    assert OutboxMessage.objects.filter(kind="seats_cancelled").count() == 1


def test_leaving_the_waiting_list_closes_the_entry_when_nobody_waits_any_more():
    session, booker = SessionFactory(capacity=1), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA, BERT], or_wait=True)
    cancel_participants(booking.participants.filter(first_name="Amira"), by=booker)
    booking.waiting_entry.refresh_from_db()
    assert (booking.waiting_entry.seats, booking.waiting_entry.left_at) == (1, None)
    cancel_participants(booking.participants.all(), by=booker)
    booking.waiting_entry.refresh_from_db()
    assert booking.waiting_entry.left_at is not None


def test_the_team_overbooks_on_purpose_only_and_it_is_recorded():
    session, team = SessionFactory(capacity=1), UserFactory()
    add_participant(session, by=team, person=AMIRA)
    with pytest.raises(SessionFull):
        add_participant(session, by=team, person=BERT)
    add_participant(session, by=team, person=BERT, overbook=True)
    assert (names(session), seats_left(session)) == (["Amira", "Bert"], -1)
    assert session.history.first().detail == "Bert Van den Broeck (+1)"


def test_the_team_adds_somebody_after_the_deadline():
    session = SessionFactory(booking_closes_at=timezone.now() - timedelta(days=1))
    add_participant(session, by=UserFactory(), person=CARO)
    assert names(session) == ["Caro"]


def test_a_walk_in_gets_a_seat_and_no_mail():
    session = SessionFactory(capacity=1)
    add_participant(session, by=UserFactory(), person=AMIRA)
    before = OutboxMessage.objects.count()
    walk_in = add_walk_in(session, by=UserFactory(), person=BERT)
    assert (walk_in.walk_in, OutboxMessage.objects.count() - before) == (True, 0)


def test_booking_and_cancelling_stand_in_the_history_with_who_did_it():
    session, booker = SessionFactory(), UserFactory()
    booking = book_seats(session, by=booker, participants=[AMIRA])
    cancel_participants(booking.participants.all(), by=booker)
    Verb = HistoryEntry.Verb
    found = list(booking.history.order_by("pk").values_list("verb", "detail", "by"))
    assert found == [(Verb.BOOKED, "1", booker.pk), (Verb.PARTICIPANT_CANCELLED, "Amira Janssens", booker.pk)]


def test_a_booking_is_seen_by_its_booker_and_no_other_partner():
    booking = BookingFactory()
    assert list(Booking.objects.visible_to(booking.booked_by)) == [booking]
    assert list(Booking.objects.visible_to(UserFactory())) == []


@pytest.mark.parametrize("verb", [add_participant, add_walk_in])
def test_a_form_of_the_team_sent_twice_gives_one_seat(verb):
    session, organiser, key = SessionFactory(), UserFactory(), uuid.uuid4()
    first = verb(session, by=organiser, person=CARO, form_key=key)
    assert verb(session, by=organiser, person=CARO, form_key=key) == first
    assert names(session) == ["Caro"]


@pytest.mark.parametrize("verb", [add_participant, add_walk_in])
def test_a_form_of_the_team_gone_back_to_adds_somebody_else(verb):
    session, organiser, key = SessionFactory(), UserFactory(), uuid.uuid4()
    for person in (CARO, BERT, BERT):
        verb(session, by=organiser, person=person, form_key=key)
    assert sorted(names(session)) == ["Bert", "Caro"]


def test_book_seats_refuses_who_books_more_in_an_hour_than_people_do():
    booker, session = UserFactory(), SessionFactory(capacity=50)
    BookingFactory.create_batch(MOST_AN_HOUR, booked_by=booker, session=SessionFactory())
    with pytest.raises(TooManyBookings):
        book_seats(session, by=booker, participants=[AMIRA])
    booker.bookings.update(created_at=timezone.now() - timedelta(hours=1))
    assert book_seats(session, by=booker, participants=[AMIRA]).participants.count() == 1
