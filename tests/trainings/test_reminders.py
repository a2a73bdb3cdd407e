"""Everybody with a seat is reminded of a session that is near, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT, JAN, NOOR, forget_mail, full_session, sent, verbs, wait
from trainings import planning, reminders
from trainings.booking import book_seats, cancel_participants
from trainings.dates.day_parts import of as parts_of
from trainings.models import DayPart, Session

pytestmark = pytest.mark.django_db


def starts(session, within: timedelta) -> None:
    start = timezone.now() + within
    DayPart.objects.filter(session=session).update(starts_at=start, ends_at=start + timedelta(hours=3))


@pytest.fixture
def session():
    """Noor with Bert and Jan, and somebody who waits; it begins the day after tomorrow."""
    session = SessionFactory(capacity=3)
    book_seats(session, by=UserFactory(email=NOOR.email, first_name="Noor"), participants=[NOOR, BERT, JAN])
    wait(session, 1)
    starts(session, timedelta(days=2))
    forget_mail()
    return session


def test_everybody_with_a_seat_and_who_booked_is_reminded_once_and_who_waits_is_not(session):
    assert [reminders.remind_due(), reminders.remind_due()] == [1, 0]
    assert sent() == [("session_reminder", BERT.email, ""), ("session_reminder", NOOR.email, "")]
    assert session.history.get(verb="reminded").detail == "2"


def test_two_workers_at_once_send_one_reminder(session):
    assert [reminders.remind(session), reminders.remind(session)] == [True, False]
    assert len(sent()) == 2


@pytest.mark.parametrize(
    ("within", "number"),
    [(reminders.BEFORE + timedelta(minutes=5), 0), (reminders.BEFORE, 1), (timedelta(minutes=1), 1), (-timedelta(minutes=1), 0)],
)
def test_reminding_begins_some_days_before_and_ends_with_the_start(session, within, number):
    starts(session, within)
    assert reminders.remind_due() == number


def test_a_session_of_several_mornings_is_reminded_of_before_the_first_only():
    session = SessionFactory(parts=2)
    book_seats(session, by=UserFactory(), participants=[BERT])
    first, last = session.day_parts.all()
    DayPart.objects.filter(pk=first.pk).update(starts_at=timezone.now() - timedelta(days=1))
    DayPart.objects.filter(pk=last.pk).update(starts_at=timezone.now() + timedelta(days=1))
    assert reminders.remind_due() == 0


def move(session, within: timedelta) -> None:
    [part] = parts_of(session)
    start = timezone.now() + within
    planning.change_session(session, by=UserFactory(), parts=[type(part)(start, start + timedelta(hours=3), pk=part.pk)])


def test_a_session_that_was_moved_to_later_after_its_reminder_is_reminded_of_again_before_its_new_date(session, monkeypatch):
    assert reminders.remind_due() == 1
    move(session, timedelta(days=30))
    assert reminders.remind_due() == 0
    today = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: today + timedelta(days=28))
    assert [reminders.remind_due(), reminders.remind_due()] == [1, 0]
    assert verbs(session).count("reminded") == 2


def test_a_session_that_was_moved_by_some_hours_after_its_reminder_is_not_reminded_of_again(session):
    assert reminders.remind_due() == 1
    move(session, timedelta(days=2, hours=3))
    assert reminders.remind_due() == 0


@pytest.mark.parametrize("state", [Session.State.DRAFT, Session.State.CANCELLED, Session.State.DONE])
def test_only_a_session_that_takes_place_is_reminded_of(session, state):
    Session.objects.filter(pk=session.pk).update(state=state, cancel_reason="Ziekte")
    assert reminders.remind_due() == 0


def test_a_session_without_people_waits_for_them_before_it_counts_as_reminded_of():
    session = full_session(1)
    starts(session, timedelta(days=2))
    cancel_participants(session.participants.all(), by=UserFactory(), as_team=True)
    assert reminders.remind_due() == 0
    book_seats(session, by=UserFactory(), participants=[BERT])
    assert reminders.remind_due() == 1


def test_the_reminder_says_everything_needed_and_nothing_personal_in_its_subject(session):
    reminders.remind_due()
    message = OutboxMessage.objects.get(to=BERT.email)
    assert message.subject == f"Binnenkort: {session.training.title}"
    for needed in (
        "Dag Bert,",
        session.training.title,
        session.code,
        timezone.localtime(session.day_parts.get().starts_at).strftime("%-H.%M"),
    ):
        assert needed in message.text
    assert verbs(session)[-1] == "reminded"
