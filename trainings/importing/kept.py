"""The checked rows, kept for an hour between the check and the confirmation, for the person who sent them."""

import json
import secrets
import zlib

from django.core import signing
from django.core.cache import cache

from .parse import CatalogueRows, from_plain, to_plain

SALT = "trainings.importing"
SECONDS = 60 * 60


class NoLongerKept(Exception):
    """The hour is over, or the rows were used already."""


class NotTheirs(Exception):
    """The key was made for somebody else, or by nobody."""


def keep(rows: CatalogueRows, *, by) -> str:
    """Keeps the rows and returns the key to them, which works for this person only."""
    place = secrets.token_urlsafe(16)
    cache.set(_name(place), zlib.compress(json.dumps(to_plain(rows)).encode()), SECONDS)
    return signing.dumps([place, by.pk], salt=SALT)


def kept(key: str, *, by) -> CatalogueRows:
    """The rows of this key."""
    data = cache.get(_name(_place(key, by)))
    if data is None:
        raise NoLongerKept
    return from_plain(json.loads(zlib.decompress(data)))


def take(key: str, *, by) -> CatalogueRows:
    """The rows of this key, for the last time: a confirmation sent twice works once."""
    rows = kept(key, by=by)
    if not cache.delete(_name(_place(key, by))):
        raise NoLongerKept
    return rows


def _place(key: str, by) -> str:
    try:
        place, owner = signing.loads(key, salt=SALT, max_age=SECONDS)
    except signing.SignatureExpired as error:
        raise NoLongerKept from error
    except signing.BadSignature as error:
        raise NotTheirs from error
    if owner != by.pk:
        raise NotTheirs
    return place


def _name(place: str) -> str:
    return f"catalogue-import:{place}"
