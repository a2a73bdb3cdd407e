"""The public halves of the keys that a referral is sealed to; without both of them the form is closed."""

import base64
from pathlib import Path

from django.conf import settings

NAMES = ("casework-zone.pub", "recovery.pub")


class KeysMissing(Exception):
    """Nothing can be sealed: a file is not there or holds no key. Says no more."""


def recipients() -> list[bytes]:
    """Casework's key and the one for recovery, 32 bytes each; read each time, so that a new file counts at once."""
    return [_read(Path(settings.REFERRAL_KEYS) / name) for name in NAMES]


def _read(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise KeysMissing from error
    if len(key) != 32:
        raise KeysMissing
    return key
