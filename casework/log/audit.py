"""The audit log: who did what with which row, chained by a key that is not in the database.

Each row's MAC (HMAC-SHA-256) is over its own canonical JSON and the MAC before it. One writer at a time: on PostgreSQL by an
advisory lock before the head is read, on SQLite because every transaction there takes the write lock first. For a change the row is
the last statement of its transaction; a look is recorded in a transaction of its own, committed before the page is shown.
"""

import hmac
import json
import re
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from casework.keyring import keys
from casework.models import AuditEvent

BEGINNING = "0" * 64
LOCK = 730162019
PATIENCE = "15s"
PLAIN = re.compile(r"[a-z0-9_.:+-]{0,60}", re.IGNORECASE)


def record(action: str, *, by, about=None, **detail) -> AuditEvent:
    """Adds one row, in the caller's transaction: this account did `action` with the row `about`.

    `detail` takes numbers, days, and words of code such as a state: what has a space in it may be somebody's words, and is refused.
    """
    for name, value in detail.items():
        if not PLAIN.fullmatch(str(value)):
            raise ValueError(f"{name} does not belong into the audit log")
    with transaction.atomic():
        _alone()
        head = AuditEvent.objects.order_by("-number").first()
        event = AuditEvent(
            number=head.number + 1 if head else 1,
            at=timezone.now(),
            actor=by.pk if by else None,
            action=action,
            kind=about._meta.model_name if about else "",
            object=str(about.pk) if about else "",
            detail=json.dumps(detail, sort_keys=True, separators=(",", ":"), default=str),
            previous=head.mac if head else BEGINNING,
        )
        event.mac = mac_of(event)
        event.save(force_insert=True)
    return event


def detail_of(text: str) -> dict:
    """The detail of a row; nothing where somebody wrote what is no JSON."""
    try:
        detail = json.loads(text)
    except ValueError:
        return {}
    return detail if isinstance(detail, dict) else {}


def mac_of(event: AuditEvent) -> str:
    """The MAC that belongs to this row: 64 hexadecimal digits."""
    facts = [event.number, event.at.isoformat(), event.actor, event.action, event.kind, event.object, event.detail, event.previous]
    return hmac.new(keys.audit_key(), json.dumps(facts, separators=(",", ":")).encode(), sha256).hexdigest()


def _alone() -> None:
    # Read before the lock is held, the head may be somebody else's a moment later: the chain would fork.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Who waits too long gives up, and the page is closed: SQLite has the same by its own timeout.
            cursor.execute("SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)", [PATIENCE, LOCK])
