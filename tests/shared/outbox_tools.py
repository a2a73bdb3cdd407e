"""What the tests of the outbox share: a message in it, and a mail server that it hands its mail to."""

from contextlib import contextmanager
from threading import Thread

from shared import outbox
from tests.shared.mail_server import MailServer


def queue(**fields):
    """A message, as somebody writes one; `fields` differ from it."""
    return outbox.queue(**{"kind": "test", "to": "amira@school.demo", "subject": "Onderwerp", "text": "Tekst"} | fields)


@contextmanager
def serving(settings):
    """A mail server on this machine that the worker hands its mail to."""
    with MailServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        # Whoever was told to hang is let go.
        server.released.set()
        server.shutdown()
