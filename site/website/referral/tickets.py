"""The random word hidden in one form: code and row are made of it, so that sending twice arrives once and nothing is stored.

Who reloads the page after sending, or presses twice, gets the same card: the code is a keyed hash of this word, under a key made
of the site's secret key. The number of a row is a keyed hash of the word and of what is sent: the same content is one row, changed
content another one with the same code.
"""

import json
import secrets
import time
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.core import signing

from exchange.receipts import SECRET, Receipt

COUNTS_FOR = 12 * 3600  # seconds: on a shared computer the next person gets a code that the one before can't make
SIGNER = signing.TimestampSigner(salt="website.referral")


class NotOurs(Exception):
    """Nobody of us made this word."""


@dataclass(frozen=True)
class Ticket:
    """One form on one screen: its word, and when it was first opened."""

    word: str
    opened: int

    @classmethod
    def read(cls, signed: str) -> "Ticket":
        """The ticket that a form sent along; raises `NotOurs`."""
        try:
            return cls(SIGNER.unsign(signed), signing.b62_decode(signed.rsplit(":", 2)[1]))
        except (signing.BadSignature, ValueError) as error:
            raise NotOurs from error

    @property
    def age(self) -> float:
        """How many seconds ago the form was opened."""
        return time.time() - self.opened

    @property
    def receipt(self) -> Receipt:
        """The code of who fills in this form."""
        return Receipt(blake2b(self.word.encode(), key=_key(), person=b"expor receipt", digest_size=SECRET).digest())

    def number(self, content: dict) -> UUID:
        """The number of the row with this content."""
        text = json.dumps(content, sort_keys=True).encode()
        return UUID(bytes=blake2b(self.word.encode() + text, key=_key(), person=b"expor row", digest_size=16).digest())


def new() -> str:
    """A ticket for a form that opens now."""
    return SIGNER.sign(secrets.token_hex(20))


def _key() -> bytes:
    return blake2b(settings.SECRET_KEY.encode(), person=b"expor referral").digest()
