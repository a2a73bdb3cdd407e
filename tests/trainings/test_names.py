"""Seats now, names later: given in time, reminded of once, given back after the deadline; a head count needs none."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from tests.trainings.life import BERT, CARO, JAN, NOOR, emails, forget_mail, people, sent, verbs, wait
from trainings import names
from trainings.booking import book_seats, cancel_participants
from trainings.changing import move_participants
from trainings.models import Booking, Participant, Session
from trainings.privacy import retention
from trainings.refusals import AlreadyBooked, BookingClosed, NamesClosed, TooLate, TooManyNames
from trainings.seats import seats_left

pytestmark = pytest.mark.django_db
State = Participant.State


@pytest.fixture
def booker():
    return UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")


@pytest.fixture
def booking(booker):
    """Three seats without a name, in a session of three."""
    made = book_seats(SessionFactory(capacity=3), by=booker, without_name=3)
    forget_mail()
    return made


def due(session, within: timedelta = timedelta(seconds=-1)) -> None:
    """Names are due in so long, or were."""
    Session.objects.filter(pk=session.pk).update(names_close_at=timezone.now() + within)


def states(booking) -> list[str]:
    return list(booking.participants.order_by("pk").values_list("state", flat=True))


def test_seats_without_a_name_are_in_use_at_once(booking):
    assert (states(booking), seats_left(booking.session)) == ([State.RESERVED] * 3, 0)


def test_a_named_seat_is_confirmed_and_each_with_an_address_is_invited(booking, booker):
    named = names.name_seats(booking, [BERT, JAN], by=booker)
    assert [(one.full_name, one.state) for one in named] == [
        ("Bert Van den Broeck", State.CONFIRMED),
        ("Jan Claes", State.CONFIRMED),
    ]
    assert states(booking) == [State.CONFIRMED, State.CONFIRMED, State.RESERVED]
    assert sent() == [("invitation", BERT.email, "REQUEST"), ("names_given", NOOR.email, "")]
    assert verbs(booking) == ["booked", "named"]


def test_the_booker_who_takes_one_of_the_seats_gets_the_invitation_with_the_answer(booking, booker):
    names.name_seats(booking, [NOOR], by=booker)
    assert sent() == [("names_given", NOOR.email, "REQUEST")]


def test_names_for_all_are_given_in_two_times(booking, booker):
    names.name_seats(booking, [BERT], by=booker)
    names.name_seats(booking, [CARO, JAN], by=booker)
    assert (states(booking), seats_left(booking.session)) == ([State.CONFIRMED] * 3, 0)


def test_more_names_than_seats_name_nobody(booking, booker):
    with pytest.raises(TooManyNames) as refusal:
        names.name_seats(booking, people(4), by=booker)
    assert (refusal.value.seats_left, states(booking), sent()) == (3, [State.RESERVED] * 3, [])


def test_a_name_that_has_a_seat_already_gets_no_second(booking, booker):
    names.name_seats(booking, [BERT], by=booker)
    for people_named in ([BERT], [CARO, CARO]):
        with pytest.raises(AlreadyBooked):
            names.name_seats(booking, people_named, by=booker)
    assert states(booking) == [State.CONFIRMED, State.RESERVED, State.RESERVED]


def test_no_names_are_noted_without_a_word(booking, booker):
    assert (names.name_seats(booking, [], by=booker), sent(), verbs(booking)) == ([], [], ["booked"])


def test_after_the_deadline_the_team_names_and_the_booker_does_not(booking, booker):
    due(booking.session)
    with pytest.raises(TooLate):
        names.name_seats(booking, [BERT], by=booker)
    assert len(names.name_seats(booking, [BERT], by=UserFactory(), as_team=True)) == 1


def test_nobody_is_named_for_a_session_that_does_not_take_place(booking, booker):
    Session.objects.filter(pk=booking.session_id).update(state="cancelled", cancel_reason="Ziekte")
    with pytest.raises(BookingClosed):
        names.name_seats(booking, [BERT], by=booker, as_team=True)


def test_seats_without_a_name_are_not_booked_after_the_deadline_and_named_ones_are(booker):
    session = SessionFactory()
    due(session)
    with pytest.raises(NamesClosed):
        book_seats(session, by=booker, participants=[BERT], without_name=1)
    assert book_seats(session, by=booker, participants=[BERT]).participants.count() == 1


def test_who_owes_names_is_reminded_once_some_days_before(booking):
    due(booking.session, names.REMIND_BEFORE + timedelta(minutes=1))
    assert (names.remind_due(), sent()) == (0, [])
    due(booking.session, names.REMIND_BEFORE)
    assert [names.remind_due(), names.remind_due()] == [1, 0]
    assert sent() == [("names_missing", NOOR.email, "")]


def test_a_reminder_of_before_the_session_was_moved_does_not_count(booking):
    due(booking.session, timedelta(days=3))
    assert names.remind_due() == 1
    due(booking.session, timedelta(days=60))
    assert names.remind_due() == 0
    Booking.objects.update(names_reminded_at=timezone.now() - timedelta(days=57))
    due(booking.session, timedelta(days=3))
    assert (names.remind_due(), names.remind_due()) == (1, 0)


def test_nobody_is_reminded_of_names_after_a_cancellation_that_came_between(booking):
    due(booking.session, timedelta(days=3))
    [read] = names._with_nameless_seats()
    Session.objects.update(state=Session.State.CANCELLED, cancel_reason="Ziek")
    assert (names._remind(read), OutboxMessage.objects.filter(kind="names_missing").count()) == (False, 0)


def test_who_took_the_booking_over_hears_whose_names_were_noted(booking):
    stale, colleague = Booking.objects.get(), UserFactory()
    stale.booked_by  # noqa: B018 read before the hand-over
    Booking.objects.update(booked_by=colleague)
    names.name_seats(stale, [BERT], by=colleague)
    assert OutboxMessage.objects.get(kind="names_given").to == colleague.email


def test_nobody_is_reminded_who_owes_no_name_or_can_give_none_any_more(booking, booker):
    due(booking.session)
    named = book_seats(SessionFactory(), by=booker, participants=[BERT])
    due(named.session, timedelta(days=1))
    gone = book_seats(SessionFactory(), by=booker, without_name=1)
    due(gone.session, timedelta(days=1))
    cancel_participants(gone.participants.all(), by=booker)
    staff = book_seats(SessionFactory(head_count=True), by=booker, without_name=2, head_count=True)
    due(staff.session, timedelta(days=1))
    assert names.remind_due() == 0


def test_seats_without_a_name_are_given_back_after_the_deadline_and_offered_on(booking, booker):
    names.name_seats(booking, [BERT], by=booker)
    entry = wait(booking.session, 2)
    due(booking.session)
    forget_mail()
    assert [names.release_due(), names.release_due()] == [2, 0]
    assert states(booking) == [State.CONFIRMED, State.CANCELLED, State.CANCELLED]
    assert sent() == [("nameless_seats_released", NOOR.email, ""), ("seats_offered", entry.booking.booked_by.email, "")]
    assert (entry.offers.get().seats, seats_left(booking.session)) == (2, 0)
    assert verbs(booking)[-1] == "names_released"
    assert "Bert Van den Broeck" in OutboxMessage.objects.get(kind="nameless_seats_released").text


def test_before_the_deadline_nothing_is_given_back(booking):
    assert (names.release_due(), names.release_nameless(booking.session)) == (0, 0)


def test_a_session_that_does_not_take_place_gives_no_seats_back(booking):
    due(booking.session)
    Session.objects.filter(pk=booking.session_id).update(state="cancelled", cancel_reason="Ziekte")
    assert (names.release_due(), names.release_nameless(booking.session), sent()) == (0, 0, [])


def test_seats_whose_names_were_removed_long_after_the_session_are_not_given_back(booker):
    session = SessionFactory(days=-800)
    booking = ParticipantFactory(booking=BookingFactory(session=session, booked_by=booker)).booking
    retention.empty_session(session)
    assert (names.release_due(), names.release_nameless(session), states(booking), sent()) == (0, 0, [State.CONFIRMED], [])
    assert Booking.objects.with_seats().get().nameless == 0


def test_two_bookers_each_read_how_many_seats_they_lost(booking):
    session = SessionFactory()
    for number in (1, 2):
        book_seats(session, by=UserFactory(email=f"booker{number}@school.demo"), without_name=number)
    due(session)
    forget_mail()
    assert names.release_due() == 3
    assert [to for _kind, to, _method in sent()] == ["booker1@school.demo", "booker2@school.demo"]


def test_a_head_count_is_confirmed_at_once_and_never_given_back(booker):
    staff = book_seats(SessionFactory(head_count=True), by=booker, without_name=3, head_count=True)
    due(staff.session)
    assert (states(staff), names.release_due(), seats_left(staff.session)) == ([State.CONFIRMED] * 3, 0, 7)


def test_a_head_count_is_booked_after_the_deadline_for_names_too(booker):
    session = SessionFactory(head_count=True)
    due(session)
    assert states(book_seats(session, by=booker, without_name=1, head_count=True)) == [State.CONFIRMED]


def test_a_seat_whose_name_is_still_to_come_has_no_name(booking):
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.participants.update(first_name="Bert")
    assert emails(booking.participants) == [""] * 3


def test_who_waits_without_a_name_is_named_and_keeps_waiting(booking, booker):
    entry = wait(booking.session, 0, without_name=2)
    forget_mail()
    [named] = names.name_seats(entry.booking, [BERT], by=entry.booking.booked_by)
    assert (named.full_name, states(entry.booking)) == ("Bert Van den Broeck", [State.WAITING, State.WAITING])
    assert [kind for kind, _to, _method in sent()] == ["names_given"]


def test_who_waits_without_a_name_leaves_the_list_when_names_are_due(booking):
    entry = wait(booking.session, 1, without_name=1)
    due(booking.session)
    assert names.release_due() == 4
    assert (states(booking), states(entry.booking)) == ([State.CANCELLED] * 3, [State.WAITING, State.CANCELLED])


def test_nobody_without_a_name_moves_to_a_session_where_names_are_due(booking, booker):
    other = SessionFactory(training=booking.session.training)
    due(other)
    with pytest.raises(NamesClosed):
        move_participants(list(booking.participants.all()), other, by=booker)
    assert states(booking) == [State.RESERVED] * 3
