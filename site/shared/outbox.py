"""Mail that survives: written with what causes it, sent after it, tried again until it is gone."""

import logging
import time
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .models import EXPIRED, OutboxMessage

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LAST_ATTEMPT = 24
ROUND = 30.0  # seconds: the worker has other tasks too


def queue(**fields) -> OutboxMessage:
    """Puts one message in the outbox, in the transaction of the caller; its fields are those of `compose`."""
    [message] = queue_all([compose(**fields)])
    return message


def queue_all(messages: list[OutboxMessage]) -> list[OutboxMessage]:
    """Puts these messages in the outbox at once, in the transaction of the caller."""
    return OutboxMessage.objects.bulk_create(messages)


def compose(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    about: str = "",
    secret: bool = False,
    valid_for: timedelta | None = None,
    valid_until: datetime | None = None,
    calendar=None,
) -> OutboxMessage:
    """A message that is not in the outbox yet.

    `calendar` is a pair (METHOD, text of the file), RFC 5546. `secret` bodies are erased after sending or failing.
    What is `valid_for` some time, or `valid_until` a moment, is not sent after it.
    """
    method, ics = calendar or ("", "")
    return OutboxMessage(
        kind=kind,
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        about=about,
        secret=secret,
        expires_at=timezone.now() + valid_for if valid_for else valid_until,
        calendar=ics,
        calendar_method=method,
    )


def withdraw(messages) -> int:
    """What still waits of these says what is not true any more: it is given up at its turn; returns how many that are."""
    return messages.filter(state=OutboxMessage.State.WAITING).update(expires_at=timezone.now())


def send_due(limit: int = 100) -> int:
    """Sends what is due and returns how many left; safe to run in several workers at once.

    A server that does not answer ends the round: the next one begins with the next message, and other tasks have their turn.
    """
    sent, until = 0, time.monotonic() + ROUND
    for _attempt in range(limit):
        message = _claim()
        if message is None:
            break
        sent += _send(message)
        if message.unreachable or time.monotonic() > until:
            break
    return sent


def resend(message: OutboxMessage) -> None:
    """Sends a message once more: what did not leave at once, what did as a new message, for a mailbox throws away what it knows."""
    if message.secret:
        raise ValueError("a secret is never sent twice")
    # What the calendar learnt since must not be undone: the words go once more, the file of before does not.
    file = {"calendar": "", "calendar_method": ""} if message.is_overtaken else {}
    if message.state == OutboxMessage.State.SENT:
        fields = ("kind", "to", "subject", "text", "about", "expires_at", "calendar", "calendar_method")
        OutboxMessage.objects.create(**{name: getattr(message, name) for name in fields} | file)
        return
    now = timezone.now()
    fresh = {"next_attempt_at": now, "due_since": now, "attempts": 0, "sent_at": None, "error": "", "alarmed_at": None} | file
    # Asked of the row as it is now: a worker may have claimed it meanwhile, and would send it beside this one.
    OutboxMessage.objects.to_send_again().filter(pk=message.pk).update(state=OutboxMessage.State.WAITING, **fresh)


def sound_alarm() -> int:
    """The worker's part: says once, at level ERROR, that mail is stuck; returns how many messages are newly so."""
    stuck = OutboxMessage.objects.overdue()
    told_before = stuck.filter(alarmed_at__isnull=False).exists()
    # The update decides: of two workers one finds the rows unmarked.
    number = stuck.filter(alarmed_at=None).update(alarmed_at=timezone.now())
    if number and not told_before:
        logger.error("outbox: mail is due for more than an hour", extra={"messages": number})
    return number


def _claim() -> OutboxMessage | None:
    # The claim is committed before the sending: a worker that dies while it sends leaves a lease that runs out,
    # and the message goes a second time at most.
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        message = OutboxMessage.objects.due().select_for_update(skip_locked=skip).first()
        if message:
            message.attempts += 1
            message.next_attempt_at = timezone.now() + LEASE
            message.error = ""  # without an error it is in somebody's hands: see `to_send_again`
            message.save(update_fields=["attempts", "next_attempt_at", "error"])
        return message


def _send(message: OutboxMessage) -> int:
    if message.is_expired:
        _give_up(message, EXPIRED)
        return 0
    try:
        as_email(message).send()
    except Exception as error:  # whatever the mail server does, the message must not be lost
        message.unreachable = isinstance(error, OSError) and not isinstance(error, SMTPResponseException | SMTPRecipientsRefused)
        _refused(message, error)
        return 0
    _end(message, state=OutboxMessage.State.SENT, sent_at=timezone.now(), error="")
    return 1


def _refused(message: OutboxMessage, error: Exception) -> None:
    codes = _smtp_codes(error)
    # The type and the codes only: the text of an SMTP refusal repeats the address.
    name = " ".join([type(error).__name__, *map(str, codes)])
    if message.attempts >= LAST_ATTEMPT or _is_for_good(error, codes):
        _give_up(message, name)
    else:
        _keep_for_later(message, name)


def _smtp_codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    code = getattr(error, "smtp_code", None)
    return [code] if code else []


def _is_for_good(error: Exception, codes: list[int]) -> bool:
    # A recipient or a text that is refused with 5xx stays refused (RFC 5321, 4.2.1). Our own address, name or password may
    # be put right at the server: for those the message waits.
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError) and min(codes, default=0) >= 500


def _keep_for_later(message: OutboxMessage, error: str) -> None:
    later = timezone.now() + min(timedelta(seconds=15 * 2**message.attempts), timedelta(hours=4))
    # What expires has its turn at that moment: to be given up, and its secret to be erased.
    next_attempt_at = min(later, message.expires_at) if message.expires_at else later
    OutboxMessage.objects.filter(pk=message.pk).update(error=error, next_attempt_at=next_attempt_at)
    logger.warning("outbox: sending failed", extra={"outbox_id": str(message.pk)})


def _give_up(message: OutboxMessage, error: str) -> None:
    _end(message, state=OutboxMessage.State.FAILED, error=error)
    logger.warning("outbox: a message was given up", extra={"outbox_id": str(message.pk)})


def _end(message: OutboxMessage, **changes) -> None:
    if message.secret:
        changes["text"] = ""
    OutboxMessage.objects.filter(pk=message.pk).update(**changes)


def as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    """The e-mail of an outbox row: text, the same as HTML and, as the last alternative, the calendar part (RFC 6047)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        # The same id at each attempt: a mailbox that got it twice can see that it is one message.
        headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.MAIL_TRANSPORT),
    )
    email.attach_alternative(as_html(message.subject, message.text), "text/html")
    if message.calendar:
        email.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return email


def as_html(subject: str, text: str) -> str:
    """The same text in the look of the site."""
    # Made when it is sent, by the worker: a message is written once, and whoever caused it need not wait.
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("shared/mail_message.html", {"subject": subject, "text": text})
