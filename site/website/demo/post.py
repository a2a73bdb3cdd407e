"""The demo's post office: every e-mail ends in a folder instead of somebody's mailbox."""

import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


def folder() -> Path:
    """Where the demo's mail lies, one file a message."""
    path = settings.VAR / "post"
    path.mkdir(parents=True, exist_ok=True)
    return path


class Mailbox(BaseEmailBackend):
    """Writes each message to the folder, named so that the newest sorts last."""

    def send_messages(self, email_messages):
        for message in email_messages:
            draft = folder() / f"{time.time_ns()}.draft"
            draft.write_bytes(message.message().as_bytes())
            # Named last: who looks at the post meanwhile never reads half a message.
            draft.rename(draft.with_suffix(".eml"))
        return len(email_messages)


def newest(limit: int = 100) -> list[tuple[str, EmailMessage]]:
    """(name, message) of the latest messages."""
    paths = sorted(folder().glob("*.eml"), reverse=True)[:limit]
    return [(path.stem, read(path.stem)) for path in paths]


def sent_at(mail: EmailMessage) -> datetime:
    """When a message was sent. Its head says so in UTC, and that it does not know where the sender is."""
    at = mail["Date"].datetime
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def read(name: str) -> EmailMessage:
    """One message; `FileNotFoundError` when there is none with that name."""
    return _parsed(folder() / f"{int(name)}.eml")


# A message never changes once it has its name, and taking a hundred of them apart for each look at the post takes half a second.
@lru_cache(maxsize=300)
def _parsed(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
