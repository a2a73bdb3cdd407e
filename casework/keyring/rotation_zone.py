"""A new key pair for what comes in: the old private half stays until no row on its way is sealed to it."""

import os
from pathlib import Path

from casework.log import audit
from casework.models import UnreadableRow
from exchange import sealing
from exchange.models import SealedReferral
from exchange.recipients import ZONE_PUBLIC
from exchange.sealing import Kind

from . import files as key_files
from . import keys


class UnderWay(Exception):
    """An old private half is still there: that rotation is finished first."""


def begin(folder: Path, public: Path) -> str:
    """Makes the new pair and returns the name of the old private half's file. The public zone needs the new public half next."""
    with key_files.alone(folder):
        if left := old_files(folder):
            put_public_half(folder, public)  # where the run that made the new pair was stopped before it
            raise UnderWay(left[0].name)
        old = folder / f"casework-zone-{name_of(folder / keys.ZONE).hex()}.key"
        old.unlink(missing_ok=True)  # left by a run that was stopped here: the same key under a second name
        # A second name for the same file: at no moment is there no file with the old key.
        os.link(folder / keys.ZONE, old)
        key_files.replace(folder / keys.ZONE, key_files.new_zone_key())
        put_public_half(folder, public)
        audit.record("zone_key_rotated", by=None, key=name_of(folder / keys.ZONE).hex())
        return old.name


def put_public_half(folder: Path, public: Path) -> None:
    """Writes the public half that belongs to the key of now, over an older one, beside it and into the public zone's folder."""
    text = key_files.encoded(key_files.public_of((folder / keys.ZONE).read_text()))
    for place in dict.fromkeys([folder, public]):
        key_files.replace(place / ZONE_PUBLIC, text, key_files.PUBLIC)


def finish(folder: Path) -> tuple[list[str], list[str]]:
    """Takes away the old private halves that no row opens with; returns the names of files gone and of those that stay.

    Only after the public zone has the new public half: what it seals to the old one later opens with two shares only.
    """
    with key_files.alone(folder):
        gone = [path for path in old_files(folder) if not _is_needed(path)]
        for path in gone:
            audit.record("zone_key_removed", by=None, key=name_of(path).hex())
            path.unlink()
        return [path.name for path in gone], [path.name for path in old_files(folder)]


def old_files(folder: Path) -> list[Path]:
    """The private halves of before; a rotation that was stopped may have left the key of now under such a name too."""
    current = name_of(folder / keys.ZONE)
    return [path for path in sorted(folder.glob(keys.OLD_ZONES)) if name_of(path) != current]


def name_of(path: Path) -> bytes:
    """The eight bytes by which envelopes name the key in this file."""
    return sealing.key_id(key_files.public_of(path.read_text()))


def _is_needed(path: Path) -> bool:
    """Whether a row really opens with the key in this file: what an envelope says of itself, anybody can write."""
    private = key_files.private_in(path)
    waiting = SealedReferral.objects.values_list("body", flat=True).iterator()
    unread = UnreadableRow.objects.values_list("body", flat=True).iterator()
    return any(_opens(bytes(body), private) for rows in (waiting, unread) for body in rows)


def _opens(body: bytes, private: bytes) -> bool:
    try:
        sealing.unseal(Kind.REFERRAL, body, private)
    except sealing.Unreadable:
        return False
    return True
