"""Limits on guessing that outsiders can't turn against the staff.

Failures are counted per network address, and per account *from that address*: nobody elsewhere can close an account for its owner.
Only codes of the second factor at the sign-in count from everywhere together: to come so far takes the password.
The counters lie in the cache under HMACs of what they count, keyed by a random key that lives for an hour: no address is kept.
"""

import hmac
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache

from casework.closed import NotKept

HOUR = 3600
WINDOW = 15 * 60


@dataclass(frozen=True)
class Limit:
    """So many failures in a quarter of an hour: from one address for all accounts, or one, and for one account from everywhere."""

    purpose: str
    per_address: int = 30
    per_account: int = 5
    everywhere: int | None = None


PASSWORD = Limit("password")
SECOND_FACTOR = Limit("second factor")
SIGN_IN_CODE = Limit("code at the sign-in", everywhere=20)
INVITATION = Limit("invitation", per_address=15)


@dataclass
class Attempt:
    """One attempt, counted as failed until it is `forgiven`; `guessed`: if it fails, the account had too many from everywhere."""

    allowed: bool
    slots: list[str] = field(default_factory=list)
    guessed: bool = False

    def forgiven(self) -> None:
        """It was right: it does not count."""
        for slot in self.slots:
            cache.delete(slot)


def attempt(limit: Limit, request, account: object) -> Attempt:
    """Counts an attempt at this account, the address first: who guesses at many accounts is stopped by that alone."""
    address = get_ip(request)
    counted = [(f"{address}", limit.per_address), (f"{address}|{account}", limit.per_account)]
    counted += [(f"everywhere|{account}", limit.everywhere)] if limit.everywhere else []
    taken = Attempt(allowed=True)
    for what, most in counted:
        everywhere = what.startswith("everywhere")
        slot, is_last = _taken(f"{limit.purpose}|{what}", most)
        if slot is None:
            # Who comes this far with a count from everywhere that is full keeps what the address took: refusals end as well.
            if not everywhere:
                taken.forgiven()
            return Attempt(allowed=False, guessed=everywhere)
        taken.slots.append(slot)
        taken.guessed = everywhere and is_last
    return taken


@contextmanager
def once(limit: Limit, account: object):
    """Whether this is the first time in a quarter of an hour that this account is spoken of; not where speaking of it fails."""
    slot, _is_last = _taken(f"{limit.purpose}|told|{account}", 1)
    try:
        yield slot is not None
    except BaseException:
        if slot:
            cache.delete(slot)
        raise


def _taken(what: str, most: int) -> tuple[str | None, bool]:
    # Each attempt takes one numbered slot, by `add`: a count that is read and written back would lose those that come together.
    name = hmac.new(_hourly_key(), what.encode(), sha256).hexdigest()
    slots = [f"casework-limit:{name}:{number}" for number in range(most)]
    slot = next((slot for slot in slots if cache.add(slot, True, WINDOW)), None)
    return slot, slot == slots[-1]


def _hourly_key() -> bytes:
    name = f"casework-limits-key:{int(time.time()) // HOUR}"
    cache.add(name, secrets.token_hex(32), 2 * HOUR)
    key = cache.get(name)
    if key is None:  # a database that takes no writes says nothing about it here
        raise NotKept
    return bytes.fromhex(key)
