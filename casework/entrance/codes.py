"""The two halves of a one-time code: easy to say and to type, and kept nowhere."""

import secrets

from exchange.receipts import ALPHABET, as_meant

LENGTH = 6


def new_half() -> str:
    """Six characters of Crockford's alphabet: 30 random bits, and 60 for both halves together."""
    return "".join(secrets.choice(ALPHABET) for _at in range(LENGTH))


def shown(half: str) -> str:
    """As somebody writes it down: K7F 2QM."""
    return f"{half[:3]} {half[3:]}"


def read(typed: str) -> str:
    """A half as it was typed."""
    return as_meant(typed)
