"""Mail that survives: what the outbox promises."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared import outbox
from shared.models import OutboxMessage

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


def queue(**fields):
    return outbox.queue(**{"kind": "test", "to": "amira@school.demo", "subject": "Onderwerp", "text": "Tekst"} | fields)


class Down:
    """A mail server that refuses everything, with the address in its answer as real ones do."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"amira@school.demo": (550, b"unknown amira@school.demo")})


def test_a_message_of_a_transaction_that_fails_is_never_sent():
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert (outbox.send_due(), mail.outbox) == (0, [])


def test_send_due_sends_what_waits_and_notes_when():
    message = queue()
    assert outbox.send_due() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.sent_at is not None) == (State.SENT, 1, True)
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [(["amira@school.demo"], "Onderwerp", "Tekst")]


def test_send_due_twice_sends_once():
    queue()
    assert (outbox.send_due(), outbox.send_due(), len(mail.outbox)) == (1, 0, 1)


def test_a_refused_message_waits_longer_each_time_and_names_no_address(monkeypatch):
    monkeypatch.setattr(outbox, "get_connection", lambda backend: Down())
    message = queue()
    waits = []
    for _attempt in range(3):
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        outbox.send_due()
        message.refresh_from_db()
        waits.append(round((message.next_attempt_at - timezone.now()).total_seconds()))
    assert (waits, message.state, message.error) == ([30, 60, 120], State.WAITING, "SMTPRecipientsRefused")


def test_a_message_refused_too_often_fails_and_can_be_sent_again(monkeypatch):
    message = queue()
    OutboxMessage.objects.update(attempts=outbox.LAST_ATTEMPT - 1)
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "get_connection", lambda backend: Down())
        outbox.send_due()
    message.refresh_from_db()
    assert message.state == State.FAILED
    outbox.resend(message)
    assert outbox.send_due() == 1


def test_a_worker_that_dies_while_sending_leaves_a_lease_that_runs_out():
    message = queue()
    outbox._claim()
    assert outbox.send_due() == 0
    OutboxMessage.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert outbox.send_due() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.pk}@expo-r.demo>"


def test_a_secret_is_erased_once_sent_and_never_sent_again():
    message = queue(secret=True, text="code 482913")
    outbox.send_due()
    message.refresh_from_db()
    assert (message.text, "482913" in mail.outbox[0].body) == ("", True)
    with pytest.raises(ValueError, match="secret"):
        outbox.resend(message)


def test_the_calendar_part_is_the_last_alternative_and_names_its_method():
    queue(calendar=("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
    outbox.send_due()
    parts = list(mail.outbox[0].message().walk())
    assert [part.get_content_type() for part in parts] == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    assert parts[-1].get_param("method") == "REQUEST"


def test_what_a_library_mails_goes_through_the_outbox_too(settings):
    settings.EMAIL_BACKEND = "shared.outbox_backend.OutboxBackend"
    mail.send_mail("Nalezen", "Er wacht een tekst.", None, ["els@expo-r.demo", "jan@expo-r.demo"])
    assert sorted(OutboxMessage.objects.values_list("to", "text")) == [
        ("els@expo-r.demo", "Er wacht een tekst."),
        ("jan@expo-r.demo", "Er wacht een tekst."),
    ]


def test_a_line_break_in_a_subject_cannot_add_a_header():
    assert queue(subject="Vorming\nBcc: iedereen@school.demo").subject == "Vorming Bcc: iedereen@school.demo"


def test_the_database_refuses_a_sent_message_without_a_time():
    message = queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(state=State.SENT)
