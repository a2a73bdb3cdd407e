"""Whether the keys of the zone are in order: there, of the right size and mode, in pairs that belong together, opening the rows."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections, router

from casework.log import chain
from exchange.models import AuditAnchor
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC, RecipientMissing, public_half

from . import files as key_files
from . import keys, ring, rotation, rotation_zone, sealed

SAMPLE = 50  # rows of each column
# What a walk along the log says where the anchors know more than the log: after a restore that is what was lost.
BEYOND = {"cut", "anchor", "unanchored"}


def wrong_files(folder: Path, public: Path) -> list[str]:
    """What is wrong with the key files, a sentence each; the database is not asked."""
    missing = [f"{name} is not there." for name in keys.ALL if not (folder / name).is_file()]
    present = [folder / name for name in keys.ALL if (folder / name).is_file()] + sorted(folder.glob(keys.OLD_ZONES))
    found = [sentence for path in present for sentence in (*_wrong_mode(path), *_wrong_size(path))]
    return missing + found + list(_wrong_halves(folder, public))


def _wrong_mode(path: Path) -> Iterator[str]:
    mode = path.stat().st_mode & 0o777
    # systemd hands a credential over with an access list, which shows as a right of the group.
    handed_over = path.parent == Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere"))
    if mode != key_files.PRIVATE and not (handed_over and mode == 0o440):
        yield f"{path.name} has mode {mode:04o}; it must be 0400 and belong to the service user."


def _wrong_size(path: Path) -> Iterator[str]:
    try:
        sizes = [len(base64.b64decode(text.strip(), validate=True)) for text in _texts(path)]
    except OSError:
        yield f"{path.name} can't be read by this user."
    except (ValueError, KeyError, TypeError):
        yield f"{path.name} does not hold what it should."
    else:
        if not sizes or set(sizes) != {32}:
            yield f"{path.name} does not hold what it should."


def _texts(path: Path) -> list[str]:
    if path.name != keys.FIELDS:
        return [path.read_text()]
    entries = ring.read(path.parent)
    if len({entry["id"] for entry in entries}) < len(entries):
        raise ValueError("two keys of one name")
    return [entry["key"] for entry in entries]


def _wrong_halves(folder: Path, public: Path) -> Iterator[str]:
    for name in (ZONE_PUBLIC, RECOVERY_PUBLIC):
        try:
            half = public_half(public / name)
        except RecipientMissing:
            yield f"{name} is not there or is no key."
            continue
        if name == ZONE_PUBLIC and half != _public_of_zone(folder):
            yield f"{name} does not belong to {keys.ZONE}."


def _public_of_zone(folder: Path) -> bytes | None:
    try:
        return key_files.public_of((folder / keys.ZONE).read_text())
    except (OSError, ValueError, TypeError):
        return None


def left_over(folder: Path) -> list[str]:
    """Rotations that were begun and wait for their end: no fault, but not to be forgotten."""
    found = []
    if len(ring.read(folder)) > 1:
        found.append("An old key of the sealed columns is still there: run `rotate_keys` again.")
    if rotation_zone.old_files(folder):
        found.append("An old private half of the zone is still there: run `rotate_keys --zone --finish` again.")
    return found


def closed_rows(most: int | None = SAMPLE) -> tuple[int, list[str]]:
    """How many sealed values opened, of up to `most` newest keys of each column (None: all), and which did not, by place."""
    opened, closed = 0, []
    for model, column in rotation.columns():
        rows = rotation.values(model, column).order_by("-pk")
        for pk, stored in (rows if most is None else rows[:most]).iterator():
            try:
                sealed.unseal(bytes(stored), sealed.place_of(model, column, pk))
                opened += 1
            except sealed.Broken:
                closed.append(f"{model._meta.db_table}.{column.column} of {pk} does not open.")
    return opened, closed


def broken_log() -> tuple[list[str], list[str]]:
    """What a walk along the audit log finds: what is wrong in it, and what the anchors in the public database say against it."""
    try:
        _reach_anchors()
        faults = chain.verify().faults
    except DatabaseError:
        return [], ["The public database was not reached: verify the audit log again when it is."]
    within = [f"Row {fault.number} of the audit log: {fault.kind}." for fault in faults if fault.kind not in BEYOND]
    return within, [
        f"Row {fault.number} of the audit log against its anchors: {fault.kind}." for fault in faults if fault.kind in BEYOND
    ]


def _reach_anchors() -> None:
    # SQLite would make the file of the public database where it is not there yet, in the way of its own restore.
    anchors = connections[router.db_for_read(AuditAnchor)]
    if anchors.vendor == "sqlite" and not Path(anchors.settings_dict["NAME"]).exists():
        raise DatabaseError


def folders() -> tuple[Path, Path]:
    """Where the keys lie, and where the public halves."""
    return Path(settings.KEYS), Path(settings.REFERRAL_KEYS)
