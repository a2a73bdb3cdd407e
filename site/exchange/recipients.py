"""Whom words and backups are sealed to: the public halves of two keys, one line of base64 each."""

import base64
from pathlib import Path

from django.conf import settings

ZONE_PUBLIC, RECOVERY_PUBLIC = "casework-zone.pub", "recovery.pub"


class RecipientMissing(Exception):
    """A public half is not there or is none: nothing is sealed to fewer than it should be. Names the file."""


def recipients() -> list[bytes]:
    """The public halves of casework's key and of the one for recovery: 32 bytes each."""
    return [public_half(Path(settings.REFERRAL_KEYS) / name) for name in (ZONE_PUBLIC, RECOVERY_PUBLIC)]


def public_half(path: Path) -> bytes:
    """The 32 bytes in a file."""
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise RecipientMissing(path.name) from error
    if len(key) != 32:
        raise RecipientMissing(path.name)
    return key
