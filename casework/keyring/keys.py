"""The keys of the casework zone: files of the service user, read when they change, and never kept in the database."""

import base64
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ZONE, FIELDS, AUDIT, SEALS = "casework-zone.key", "casework-fields.json", "casework-audit.key", "casework-seals.key"
ALL = (ZONE, FIELDS, AUDIT, SEALS)
OLD_ZONES = "casework-zone-*.key"  # private halves from before a rotation


class KeyMissing(Exception):
    """A key file is not there or can't be read: nothing opens, nothing is written in clear. Names the file, never its content."""


def zone_key() -> bytes:
    """The private half of the key that referrals are sealed to now: 32 bytes, X25519."""
    return _bytes(ZONE)


def zone_keys() -> list[bytes]:
    """Every private half that a row on its way may be sealed to: that of now, then those of before a rotation."""
    old = sorted(path.name for path in Path(settings.KEYS).glob(OLD_ZONES))
    return list(dict.fromkeys(_bytes(name) for name in (ZONE, *old)))


def audit_key() -> bytes:
    """The key of the audit log's chain: 32 bytes."""
    return _bytes(AUDIT)


def seals_key() -> bytes:
    """The key of the seals on accounts and grants: 32 bytes."""
    return _bytes(SEALS)


def field_keys() -> dict[str, bytes]:
    """The keyring of the sealed columns: {key id: 32 bytes}. The first one writes, all of them read."""
    return _ring(*_file(FIELDS))


def _bytes(name: str) -> bytes:
    return _decoded(*_file(name))


def _file(name: str) -> tuple[Path, tuple[int, int, int]]:
    """Where a key lies, and what changes when another one is put there: a rotation is seen by every process at its next look."""
    path = Path(settings.KEYS) / name
    try:
        found = path.stat()
    except OSError as error:
        raise KeyMissing(name) from error
    return path, (found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _ring(path: Path, _stamp) -> dict[str, bytes]:
    try:
        ring = json.loads(_text(path))
        return {entry["id"]: base64.b64decode(entry["key"], validate=True) for entry in ring["keys"]}
    except (ValueError, KeyError, TypeError) as error:
        raise KeyMissing(path.name) from error


@lru_cache(maxsize=16)
def _decoded(path: Path, _stamp) -> bytes:
    try:
        key = base64.b64decode(_text(path), validate=True)
    except ValueError as error:
        raise KeyMissing(path.name) from error
    if len(key) != 32:
        raise KeyMissing(path.name)
    return key


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise KeyMissing(path.name) from error


def forget() -> None:
    """Reads the files anew at the next use: for tests."""
    _decoded.cache_clear()
    _ring.cache_clear()
