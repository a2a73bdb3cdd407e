"""The two keys that the tests seal referrals to: always the same, so that every process of a run may lay them down."""

import base64
from pathlib import Path

from nacl.public import PrivateKey

ZONE, RECOVERY = PrivateKey(b"zone of the tests".ljust(32)), PrivateKey(b"recovery of the tests".ljust(32))


def lay_down(folder: Path) -> Path:
    """Writes the public halves into this folder, as `REFERRAL_KEYS` wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, key in (("casework-zone.pub", ZONE), ("recovery.pub", RECOVERY)):
        (folder / name).write_text(base64.b64encode(bytes(key.public_key)).decode() + "\n")
    return folder
