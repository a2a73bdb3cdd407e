"""Reading a mailbox that people read too: each message is taken in once, and nothing in it is marked, moved or lost.

An address says where it is: `imaps://user:password@mail.example/INBOX`, `imap+tls://…`, or `maildir:///var/mail/replies`.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.db import transaction

from .models import MailboxPosition

logger = logging.getLogger(__name__)

BATCH = 50
AT_MOST = 1024 * 1024
TIMEOUT = 20
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")

Take = Callable[[bytes], object]


def read_new(address: str, take: Take) -> int:
    """Gives `take` each message that is new, the oldest first, a batch at a time; returns how many.

    What `take` writes and the note that the message was read are one transaction: after a fault the message comes again.
    """
    parts = urlsplit(address)
    return _read_folder(Path(unquote(parts.path)), take) if parts.scheme == "maildir" else _read_server(parts, take)


def _read_folder(folder: Path, take: Take) -> int:
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    found = sorted((folder / "new").iterdir())[:BATCH]
    for file in found:
        if file.stat().st_size <= AT_MOST:
            with transaction.atomic():
                take(file.read_bytes())
        # Moved after the commit: a message that is read twice changes nothing, one that is never read would be lost.
        with suppress(FileNotFoundError):  # another worker moved it
            file.rename(folder / "cur" / f"{file.name}:2,S")
    return len(found)


def _read_server(address: SplitResult, take: Take) -> int:
    number = 0
    with _connected(address) as server:
        place = unquote(address.path.strip("/")) or "INBOX"
        numbering = _open(server, place)
        name = f"{address.hostname}/{unquote(address.username or '')}/{place}"[:200]
        for uid in _uids_after(server, _position(name, numbering)):
            raw = _message(server, uid)
            with transaction.atomic():
                if raw is not None:
                    take(raw)
                MailboxPosition.objects.filter(name=name).update(last=uid)
            number += 1
    return number


@contextmanager
def _connected(address: SplitResult) -> Iterator[imaplib.IMAP4]:
    server = _server(address)
    try:
        server.login(unquote(address.username or ""), unquote(address.password or ""))
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _server(address: SplitResult) -> imaplib.IMAP4:
    # The certificate is checked against the system's authorities; SSL_CERT_FILE names others.
    context = ssl.create_default_context()
    host = address.hostname or "localhost"
    if address.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, address.port or 993, ssl_context=context, timeout=TIMEOUT)
    server = imaplib.IMAP4(host, address.port or 143, timeout=TIMEOUT)
    server.starttls(context)
    return server


def _open(server: imaplib.IMAP4, place: str) -> int:
    """Opens the mailbox for reading only, and returns the number of its numbering."""
    quoted = '"' + place.replace("\\", "\\\\").replace('"', '\\"') + '"'
    _fine(server.select(quoted, readonly=True))
    _kind, [numbering] = server.response("UIDVALIDITY")
    return int(numbering or 0)


def _position(name: str, numbering: int) -> int:
    position, _made = MailboxPosition.objects.get_or_create(name=name, defaults={"numbering": numbering})
    if position.numbering != numbering:
        # The server numbers anew: all is read again, and what was noted before changes nothing.
        position.numbering, position.last = numbering, 0
        position.save()
    return position.last


def _uids_after(server: imaplib.IMAP4, last: int) -> list[int]:
    [found] = _fine(server.uid("SEARCH", f"UID {last + 1}:*"))
    # "5:*" names the last message even when that is number 4 (RFC 3501, 9).
    return sorted(uid for uid in map(int, (found or b"").split()) if uid > last)[:BATCH]


def _message(server: imaplib.IMAP4, uid: int) -> bytes | None:
    """The whole message without marking it as read; None for one that is too large or was deleted meanwhile."""
    [head] = _fine(server.uid("FETCH", str(uid), "(RFC822.SIZE)"))[:1]
    size = SIZE.search(head) if isinstance(head, bytes) else None
    if size is None or int(size[1]) > AT_MOST:
        return None
    answer = _fine(server.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    return next((part[1] for part in answer if isinstance(part, tuple)), None)


def _fine(answer: tuple):
    kind, data = answer
    if kind != "OK":
        # Without the server's words: they may repeat the name of the account.
        raise imaplib.IMAP4.error("the mail server refused a command")
    return data
