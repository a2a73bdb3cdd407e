"""Slowing down who sends very much from one address, without ever closing the door for anybody else."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac


def too_often(request, action: str, *, most: int, seconds: int) -> bool:
    """Counts this request, and says whether its network address did this more than `most` times in this stretch of time.

    Who cannot be told apart is let through: a proxy that hides addresses must not turn this into a lock for all.
    """
    address = network(request)
    # The key is a keyed hash of address and time: nobody who reads the cache learns who asked something.
    name = f"{action} {address} {int(time.time() // seconds)}"
    key = salted_hmac("website.limits", name, algorithm="sha256").hexdigest()
    return bool(address) and count(key, seconds) > most


def network(request) -> str:
    """The network that a request comes from, or nothing where that can't be told."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    # Whoever has one IPv6 address has the whole /64.
    return str(ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address)


def count(key: str, seconds: int) -> int:
    """Counts one more under this key of the cache, for so many seconds, and says how many there are."""
    cache.add(key, 0, seconds)
    try:
        number = cache.incr(key)
    except ValueError:  # the cache let go of it in between
        return 1
    # Counting in a database's cache writes the row anew, with the five minutes of every row that names no time.
    cache.touch(key, seconds)
    return number
