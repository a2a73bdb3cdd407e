"""Limits on guessing that outsiders can't turn against the staff.

Failures are counted per network address, and per account *from that address*: nobody elsewhere can close an account for its owner.
The counters lie in the cache under HMACs of what they count, keyed by a random key that lives for an hour: no address is kept.
"""

import hmac
import secrets
import time
from dataclasses import dataclass, field
from hashlib import sha256

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache

from casework.closed import NotKept

HOUR = 3600
WINDOW = 15 * 60


@dataclass(frozen=True)
class Limit:
    """So many failures in a quarter of an hour from one address, for one account or for all together."""

    purpose: str
    per_address: int = 30
    per_account: int = 5


PASSWORD = Limit("password")
SECOND_FACTOR = Limit("second factor")
INVITATION = Limit("invitation", per_address=15)


@dataclass
class Attempt:
    """One attempt, counted as failed until it is `forgiven`."""

    allowed: bool
    slots: list[str] = field(default_factory=list)

    def forgiven(self) -> None:
        """It was right: it does not count."""
        for slot in self.slots:
            cache.delete(slot)


def attempt(limit: Limit, request, account: object) -> Attempt:
    """Counts an attempt at this account, the address first: who guesses at many accounts is stopped by that alone."""
    address = get_ip(request)
    whole = _taken(f"{limit.purpose}|{address}", limit.per_address)
    if whole is None:
        return Attempt(allowed=False)
    mine = _taken(f"{limit.purpose}|{address}|{account}", limit.per_account)
    if mine is None:
        cache.delete(whole)
        return Attempt(allowed=False)
    return Attempt(allowed=True, slots=[whole, mine])


def _taken(what: str, most: int) -> str | None:
    # Each attempt takes one numbered slot, by `add`: a count that is read and written back would lose those that come together.
    name = hmac.new(_hourly_key(), what.encode(), sha256).hexdigest()
    slots = (f"casework-limit:{name}:{number}" for number in range(most))
    return next((slot for slot in slots if cache.add(slot, True, WINDOW)), None)


def _hourly_key() -> bytes:
    name = f"casework-limits-key:{int(time.time()) // HOUR}"
    cache.add(name, secrets.token_hex(32), 2 * HOUR)
    key = cache.get(name)
    if key is None:  # a database that takes no writes says nothing about it here
        raise NotKept
    return bytes.fromhex(key)
