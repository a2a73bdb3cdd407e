"""Slowing down who sends very much from one address: known for an hour at most, and never a closed door for anybody else."""

import hmac
import logging
import secrets
import time

from django.core.cache import cache

from website.limits import count, network

log = logging.getLogger(__name__)
MOST, SECONDS, HOUR = 20, 600, 3600  # a whole school, or everybody on one provider, may share an address
QUICKEST = 3  # seconds; nobody reads and writes faster


class NotKept(Exception):
    """The cache forgot at once what was put in it: nothing can be counted without telling whose it is."""


def must_wait(request) -> bool:
    """Counts this one, and says whether so many came from its address in these ten minutes that the next has to wait.

    What is counted by is a keyed hash of the address, under a random key that lives for an hour: afterwards nobody can tell who it
    was. Who can't be told apart, and everybody while the cache is down or keeps nothing, is let through.
    """
    address = network(request)
    try:
        return bool(address) and count(_name(address), SECONDS) > MOST
    except Exception as error:  # each cache has errors of its own; none of them may close this door
        log.warning("The delay of referrals does not count: %s", type(error).__name__)
        return False


def _name(address: str) -> str:
    stretch = f"{int(time.time() // SECONDS)} {address}"
    return "referral." + hmac.new(_hourly_key(), stretch.encode(), "sha256").hexdigest()


def _hourly_key() -> bytes:
    name = f"referral.key.{int(time.time() // HOUR)}"
    # Added, never set: of two processes at once, both count under the key of the first.
    cache.add(name, secrets.token_hex(32), HOUR)
    key = cache.get(name)
    if key is None:  # under a key that anybody can guess, the address would lie there for all to find
        raise NotKept
    return key.encode()
