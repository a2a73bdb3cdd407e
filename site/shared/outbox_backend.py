"""Django's door for mail, leading into the outbox: what a library sends survives like what we send."""

from django.core.mail.backends.base import BaseEmailBackend

from . import outbox


class OutboxBackend(BaseEmailBackend):
    """Queues each message once per recipient, in the transaction of whoever sends it."""

    def send_messages(self, email_messages):
        for message in email_messages:
            for address in message.recipients():
                outbox.queue(kind="notice", to=address, subject=message.subject, text=message.body)
        return len(email_messages)
