"""The code that somebody who refers a worry keeps: it is stored nowhere, and finds and opens the answers.

26 characters of Crockford's alphabet: 24 are 120 random bits, in groups of four, and the last two check the others, so that a
typing error is told without looking anything up. 120 random bits need no slow hash (ASVS 5.0, 6.5.2). Look-up and key are made of
the code by keyed BLAKE2b, each for a purpose of its own (RFC 7693): neither gives the code, or the other, away.
"""

import re
import secrets
from dataclasses import dataclass
from hashlib import blake2b

from nacl.public import PrivateKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = 15  # bytes
LENGTH = 24
PRIME = 1021  # the largest below 32 × 32: every single typing error and every swap of neighbours changes the rest
MISREAD = str.maketrans("OIL", "011")


def as_meant(typed: str) -> str:
    """What was typed, small letters, spaces and hyphens being fine, and letters that look like figures taken for them."""
    return re.sub(r"[\s\-–—._]", "", typed).upper().translate(MISREAD)


class Mistyped(ValueError):
    """Not a code as we make them: something was typed that stands on no card."""


@dataclass(frozen=True)
class Receipt:
    """A code, as its 15 secret bytes."""

    secret: bytes

    @classmethod
    def new(cls) -> "Receipt":
        return cls(secrets.token_bytes(SECRET))

    @classmethod
    def read(cls, typed: str) -> "Receipt":
        """The code that somebody typed, small letters, spaces and hyphens being fine; raises `Mistyped`."""
        text = as_meant(typed)
        if len(text) != LENGTH + 2 or not set(text) <= set(ALPHABET):
            raise Mistyped
        number = _number(text[:LENGTH])
        if text[LENGTH:] != _text(number % PRIME, 2):
            raise Mistyped
        return cls(number.to_bytes(SECRET, "big"))

    def __str__(self):
        number = int.from_bytes(self.secret, "big")
        text = _text(number, LENGTH) + _text(number % PRIME, 2)
        return "-".join(text[at : at + 4] for at in range(0, len(text), 4))

    def __repr__(self):
        return "<Receipt>"  # never in a log

    @property
    def lookup(self) -> str:
        """What the answers to this code are found by: 64 hexadecimal digits."""
        return self._derived(b"expor lookup").hex()

    @property
    def private_key(self) -> bytes:
        """The X25519 key (RFC 7748) that opens the answers to this code."""
        return self._derived(b"expor answers")

    @property
    def public_key(self) -> bytes:
        """The key that answers to this code are sealed to."""
        return bytes(PrivateKey(self.private_key).public_key)

    def _derived(self, purpose: bytes) -> bytes:
        return blake2b(key=self.secret, person=purpose, digest_size=32).digest()


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number * 32 + ALPHABET.index(character)
    return number


def _text(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> (5 * at)) & 31] for at in reversed(range(length)))
