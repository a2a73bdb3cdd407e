"""Mail that survives: what the outbox promises."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared import outbox
from shared.models import OutboxMessage
from tests.shared.outbox_tools import queue, serving

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def mail_server(settings):
    """A mail server on this machine that the worker hands its mail to."""
    with serving(settings) as server:
        yield server


def after(delay: timedelta, monkeypatch):
    """The worker's clock, so much later."""
    later = timezone.now() + delay
    monkeypatch.setattr(timezone, "now", lambda: later)


def outcome(message) -> tuple:
    message.refresh_from_db()
    return message.state, message.error, message.attempts


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


def test_a_mail_server_gets_what_waits(mail_server):
    message = queue()
    assert outbox.send_due() == 1
    assert (outcome(message), mail_server.tried) == ((State.SENT, "", 1), 1)
    assert "To: amira@school.demo" in mail_server.taken[0]


TRANSIENT = [
    ({"RCPT": "450 amira@school.demo try again later"}, "SMTPRecipientsRefused 450"),
    ({"TEXT": "451 try again later"}, "SMTPDataError 451"),
    # Not about this recipient or this text: put right at the server, all mail that waited goes.
    ({"MAIL": "550 who are you"}, "SMTPSenderRefused 550"),
]


@pytest.mark.parametrize(("says", "error"), TRANSIENT)
def test_what_is_refused_for_now_waits_longer_each_time_and_names_no_address(mail_server, says, error):
    mail_server.says = says
    message = queue()
    waits = []
    for _attempt in range(3):
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        outbox.send_due()
        message.refresh_from_db()
        waits.append(round((message.next_attempt_at - timezone.now()).total_seconds()))
    assert (waits, outcome(message)) == ([30, 60, 120], (State.WAITING, error, 3))
    mail_server.says = {}
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert (outbox.send_due(), len(mail_server.taken)) == (1, 1)


FOR_GOOD = [
    ({"RCPT": "550 unknown amira@school.demo"}, "SMTPRecipientsRefused 550"),
    ({"DATA": "554 no"}, "SMTPDataError 554"),
    ({"TEXT": "552 too large"}, "SMTPDataError 552"),
]


@pytest.mark.parametrize(("says", "error"), FOR_GOOD)
def test_what_is_refused_for_good_fails_at_once_and_can_be_sent_again(mail_server, says, error):
    mail_server.says = says
    message = queue()
    assert (outbox.send_due(), outcome(message)) == (0, (State.FAILED, error, 1))
    mail_server.says = {}
    outbox.resend(message)
    assert (outbox.send_due(), outcome(message)) == (1, (State.SENT, "", 1))


def test_what_is_refused_for_now_too_often_fails_and_can_be_sent_again(mail_server):
    mail_server.says = {"RCPT": "450 try again later"}
    message = queue()
    OutboxMessage.objects.update(attempts=outbox.LAST_ATTEMPT - 1)
    outbox.send_due()
    assert outcome(message) == (State.FAILED, "SMTPRecipientsRefused 450", outbox.LAST_ATTEMPT)
    mail_server.says = {}
    outbox.resend(message)
    assert outbox.send_due() == 1


def test_a_mail_server_that_is_away_is_tried_again(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = queue()
    assert (outbox.send_due(), outcome(message)) == (0, (State.WAITING, "ConnectionRefusedError", 1))


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


@pytest.mark.parametrize("says", [{"RCPT": "550 unknown"}, {"RCPT": "450 try again later"}])
def test_a_secret_that_fails_is_erased_and_never_sent_again(mail_server, says):
    mail_server.says = says
    message = queue(secret=True, text="code 482913")
    OutboxMessage.objects.update(attempts=outbox.LAST_ATTEMPT - 1)
    outbox.send_due()
    message.refresh_from_db()
    assert (message.state, message.text) == (State.FAILED, "")
    with pytest.raises(ValueError, match="secret"):
        outbox.resend(message)


def test_what_is_valid_for_some_time_is_sent_within_it(mail_server, monkeypatch):
    message = queue(secret=True, text="code 482913", valid_for=timedelta(minutes=15))
    after(timedelta(minutes=14), monkeypatch)
    assert (outbox.send_due(), outcome(message)) == (1, (State.SENT, "", 1))


def test_what_is_valid_for_some_time_is_not_tried_after_it(mail_server, monkeypatch):
    message = queue(secret=True, text="code 482913", valid_for=timedelta(minutes=15))
    after(timedelta(minutes=15), monkeypatch)
    assert (outbox.send_due(), mail_server.tried, outcome(message)[:2]) == (0, 0, (State.FAILED, "expired"))
    assert message.text == ""


def test_a_secret_that_waits_is_erased_at_the_moment_it_expires(mail_server, monkeypatch):
    mail_server.says = {"RCPT": "450 try again later"}
    message = queue(secret=True, text="code 482913", valid_for=timedelta(minutes=15))
    OutboxMessage.objects.update(attempts=9)  # four hours between attempts
    outbox.send_due()
    assert outcome(message) == (State.WAITING, "SMTPRecipientsRefused 450", 10)
    assert message.next_attempt_at == message.expires_at
    after(timedelta(minutes=15), monkeypatch)
    outbox.send_due()
    assert (outcome(message)[:2], message.text, mail_server.tried) == ((State.FAILED, "expired"), "", 1)


@pytest.mark.parametrize("state", [State.SENT, State.FAILED])
def test_the_database_keeps_no_secret_longer_than_needed(state):
    message = queue(secret=True, text="code 482913")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(state=state, sent_at=timezone.now())


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


def in_calendar(method: str, **more) -> OutboxMessage:
    return queue(about="session:1", calendar=(method, f"METHOD:{method}"), **more)


def sent_methods() -> list[str]:
    """What the files do that left, in the order in which they left."""
    files = [kind for message in mail.outbox for _text, kind in message.alternatives if "calendar" in kind]
    return ["CANCEL" if "CANCEL" in kind else "REQUEST" for kind in files]


def test_a_cancellation_waits_for_the_invitation_that_was_put_off(monkeypatch):
    invitation = in_calendar("REQUEST")
    OutboxMessage.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=5))  # "try again later", said the server
    in_calendar("CANCEL")
    others = [in_calendar("CANCEL", to="bert@school.demo"), queue(about="session:1")]
    assert outbox.send_due() == len(others)
    assert not OutboxMessage.objects.filter(pk=invitation.pk, state=State.SENT).exists()
    after(timedelta(minutes=6), monkeypatch)
    assert outbox.send_due() == 2
    assert sent_methods()[-2:] == ["REQUEST", "CANCEL"]


def test_a_cancellation_does_not_wait_for_an_invitation_that_was_given_up():
    in_calendar("REQUEST")
    OutboxMessage.objects.update(state=State.FAILED)
    in_calendar("CANCEL")
    assert outbox.send_due() == 1


@pytest.mark.parametrize("state", [State.SENT, State.FAILED])
def test_an_invitation_that_is_sent_again_after_its_cancellation_brings_no_file(state):
    invitation = in_calendar("REQUEST")
    OutboxMessage.objects.update(state=state, sent_at=timezone.now())
    in_calendar("CANCEL")
    assert outbox.send_due() == 1
    invitation.refresh_from_db()
    outbox.resend(invitation)
    assert outbox.send_due() == 1
    again = OutboxMessage.objects.filter(text=invitation.text, state=State.SENT).order_by("-sent_at").first()
    assert (again.calendar, again.calendar_method) == ("", "")


def test_the_last_file_is_sent_again_as_it_is():
    in_calendar("REQUEST")
    last = in_calendar("CANCEL")
    assert outbox.send_due() == 2
    last.refresh_from_db()
    outbox.resend(last)
    assert OutboxMessage.objects.get(state=State.WAITING).calendar == "METHOD:CANCEL"
