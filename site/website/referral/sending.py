"""Putting words on their way to casework: sealed in memory, written as one row that this site can't read back."""

from django.db import DatabaseError, transaction

from exchange.models import SealedReferral, today
from exchange.receipts import Receipt
from exchange.sealing import Kind, seal

from . import keys
from .tickets import Ticket

VERSION = 1


class NotSent(Exception):
    """The row was refused, or there is no database: nothing left this page."""


def send(kind: str, content: dict, *, ticket: Ticket, receipt: Receipt) -> None:
    """Seals this and writes it; the same content from the same form is written once. Raises `NotSent` or `KeysMissing`."""
    heading = {"v": VERSION, "kind": kind, "lookup": receipt.lookup, "answer_key": receipt.public_key.hex()}
    number = ticket.number(heading | content)
    body = seal(Kind.REFERRAL, heading | {"day": today().isoformat()} | content, keys.recipients())
    row = SealedReferral(id=number, body=body)
    try:
        # Neither reads nor returns anything, for this role may not; a row that is there already stays as it is.
        with transaction.atomic():
            SealedReferral.objects.bulk_create([row], ignore_conflicts=True)
    except DatabaseError as error:
        raise NotSent from error
