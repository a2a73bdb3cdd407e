"""A mail server that is away, hangs or dies: nothing is lost, nothing stands still, and the team is told."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from shared import outbox
from shared.models import OutboxMessage
from tests.shared.mail_server import DIE, HANG, message_ids
from tests.shared.outbox_tools import queue, serving

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def mail_server(settings):
    """A mail server on this machine that the worker hands its mail to, with little patience on our side."""
    settings.EMAIL_TIMEOUT = 0.3
    with serving(settings) as server:
        yield server


def again_now():
    OutboxMessage.objects.update(next_attempt_at=timezone.now())


def stuck_for(minutes: int, **fields) -> OutboxMessage:
    message = queue()
    fields = {"due_since": timezone.now() - timedelta(minutes=minutes), "error": "TimeoutError"} | fields
    OutboxMessage.objects.filter(pk=message.pk).update(**fields)
    return message


def test_settings_wait_for_a_mail_server_no_longer_than_its_lease(settings):
    assert 0 < settings.EMAIL_TIMEOUT < outbox.LEASE.total_seconds()


@pytest.mark.parametrize("verb", ["HELLO", "EHLO", "MAIL", "RCPT", "DATA", "TEXT"])
def test_a_server_that_hangs_costs_one_time_out_and_the_message_waits(mail_server, verb):
    mail_server.says = {verb: HANG}
    messages = [queue(), queue()]
    assert outbox.send_due() == 0
    for message in messages:
        message.refresh_from_db()
    # The round ended with the first: the worker has other tasks too.
    assert sorted(message.attempts for message in messages) == [0, 1]
    assert {message.state for message in messages} == {State.WAITING}


def test_after_a_message_that_hangs_the_others_go_on(mail_server):
    first, second = queue(), queue()
    mail_server.says = {"TEXT": HANG}
    outbox.send_due()
    mail_server.says = {}
    assert outbox.send_due() == 1
    states = [OutboxMessage.objects.get(pk=message.pk).state for message in (first, second)]
    assert sorted(states) == [State.SENT, State.WAITING]


def test_a_round_ends_after_its_time_even_when_there_is_more_to_send(mail_server, monkeypatch):
    monkeypatch.setattr(outbox, "ROUND", 0.0)
    queue()
    queue()
    assert [outbox.send_due(), outbox.send_due(), outbox.send_due()] == [1, 1, 0]


def test_a_server_that_dies_after_taking_a_mail_gets_it_once_more_with_the_same_id(mail_server):
    mail_server.says = {"TEXT": DIE}
    message = queue()
    assert outbox.send_due() == 0
    mail_server.says = {}
    again_now()
    assert outbox.send_due() == 1
    message.refresh_from_db()
    assert (message.state, message_ids(mail_server)) == (State.SENT, [f"<{message.pk}@expo-r.demo>"] * 2)


def test_a_server_that_dies_when_we_say_goodbye_has_the_mail(mail_server):
    mail_server.says = {"QUIT": DIE}
    queue()
    assert (outbox.send_due(), outbox.send_due(), len(mail_server.taken)) == (1, 0, 1)


def test_a_message_is_overdue_after_an_hour_and_not_before():
    stuck_for(59)
    late = stuck_for(61)
    stuck_for(61, state="failed")
    assert list(OutboxMessage.objects.overdue()) == [late]
    late.refresh_from_db()
    assert late.is_overdue


def test_an_hour_without_mail_is_logged_once_at_level_error_and_names_nobody(caplog):
    stuck_for(61)
    with caplog.at_level(logging.ERROR):
        assert outbox.sound_alarm() == 1
        stuck_for(61)
        assert [outbox.sound_alarm(), outbox.sound_alarm()] == [1, 0]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "outbox: mail is due for more than an hour")
    ]
    assert "amira" not in caplog.text


def test_after_the_mail_left_the_next_trouble_is_logged_again(caplog):
    stuck_for(61)
    outbox.sound_alarm()
    OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
    stuck_for(61)
    with caplog.at_level(logging.ERROR):
        outbox.sound_alarm()
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 2


def test_ready_says_that_mail_is_stuck_and_stays_ready(client):
    stuck_for(61)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content) == (200, b"ok\nmail is due for more than an hour\n")


@pytest.mark.parametrize("state", ["failed", "waiting"])
def test_what_did_not_leave_is_sent_again_as_the_same_message(mail_server, state):
    message = stuck_for(90, state=state, attempts=5, alarmed_at=timezone.now())
    outbox.resend(OutboxMessage.objects.get(pk=message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error, message.alarmed_at, message.is_overdue) == (
        "waiting",
        0,
        "",
        None,
        False,
    )
    assert (outbox.send_due(), message_ids(mail_server)) == (1, [f"<{message.pk}@expo-r.demo>"])


def test_what_left_is_sent_again_as_a_message_of_its_own(mail_server):
    message = queue(calendar=("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), about="session:1")
    outbox.send_due()
    message.refresh_from_db()
    outbox.resend(message)
    assert outbox.send_due() == 1
    assert len(set(message_ids(mail_server))) == 2
    assert set(OutboxMessage.objects.values_list("subject", "calendar_method", "about", "state")) == {
        ("Onderwerp", "REQUEST", "session:1", "sent")
    }


def test_a_message_that_a_worker_has_in_its_hands_is_not_sent_beside_it():
    message = stuck_for(90)
    again_now()
    outbox._claim()
    outbox.resend(message)
    assert outbox.send_due() == 0


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        ("", ""),
        ("SMTPRecipientsRefused 550", "het adres neemt geen mail aan"),
        ("SMTPRecipientsRefused 450", "de mailserver nam het bericht niet aan"),
        ("TimeoutError", "de mailserver nam het bericht niet aan"),
        ("expired", "de geldigheid was voorbij"),
    ],
)
def test_a_fault_is_told_in_words(error, fault):
    assert OutboxMessage(error=error).fault == fault
