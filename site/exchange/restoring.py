"""Reading sealed backups: looking at one without restoring it, and putting one back where there is nothing yet."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import sealing, snapshots
from .backups import DATABASE, KEYS, MANIFEST, MEDIA, Progress, Tell, Zone
from .new_files import new_file, settle
from .parcels import parcels
from .sealing import Kind, Unreadable
from .streams import opened


class RestoreRefused(Exception):
    """Nothing was written. Says why."""


def look(file: BinaryIO, privates: list[bytes], tell: Tell) -> dict:
    """Opens the whole backup, and returns its manifest; raises `Unreadable` where one byte is not as it was."""
    sizes, manifest, progress = Counter[str](), None, Progress(tell)
    file.seek(0)
    for name, pieces in parcels(opened(file, privates)):
        kind = _kind(name)
        if manifest is not None or (kind in sizes and kind != MEDIA):
            raise Unreadable
        if kind == MANIFEST:
            manifest = json.loads(b"".join(pieces))
        else:
            sizes[kind] += sum(map(len, progress.through("read", pieces)))
    if manifest is None or manifest.get("sizes") != sizes:
        raise Unreadable
    return manifest


def _kind(name: str) -> str:
    kind, _slash, rest = name.partition("/")
    path = PurePosixPath(rest)
    if kind not in (DATABASE, MEDIA, KEYS, MANIFEST) or (kind == MEDIA) != bool(rest) or path.is_absolute() or ".." in path.parts:
        raise Unreadable
    return kind


def restore(zone: Zone, path: Path, private: bytes, tell: Tell) -> list[str]:
    """Puts a backup back where there is nothing yet, and returns what is wrong with what came back, a sentence each.

    The file is read twice: whole before anything is written, then to write. The second reading checks every byte again.
    """
    with path.open("rb") as file:
        manifest = look(file, [private], tell)
        texts = _key_texts(file, private)
        _refuse(zone, manifest, texts)
        tell("The backup is whole.")
        _write_keys(zone, texts)
        file.seek(0)
        progress = Progress(tell)
        for name, pieces in parcels(opened(file, [private])):
            _put_back(zone, name, progress.through("written", pieces))
    tell("Keys, database and files are back.")
    if manifest["schema"] != newest():
        # At once, so that the restore is on record whatever the age of the backup.
        tell("The backup is older than this version: the database is migrated.")
        call_command("migrate", interactive=False, verbosity=0)
    return zone.after_restore(manifest, tell)


def _key_texts(file: BinaryIO, private: bytes) -> dict[str, str]:
    file.seek(0)
    envelope = b"".join(piece for name, pieces in parcels(opened(file, [private])) if name == KEYS for piece in pieces)
    texts = sealing.unseal(Kind.KEYS, envelope, private)
    if any(PurePosixPath(name).name != name for name in texts):
        raise Unreadable
    return texts


def _refuse(zone: Zone, manifest: dict, texts: dict[str, str]) -> None:
    if manifest["zone"] != zone.name:
        raise RestoreRefused(f"This is a backup of the zone {manifest['zone']}; here is {zone.name}.")
    if manifest["engine"] != connection.vendor:
        raise RestoreRefused(f"This is a backup of {manifest['engine']}; EXPOR_DATABASE_URL names {connection.vendor}.")
    if unknown := sorted(set(manifest["schema"].items()) - set(known())):
        raise RestoreRefused(f"The backup was made by a newer version: {' '.join(unknown[0])} is not known here.")
    if not snapshots.is_empty():
        raise RestoreRefused("There is a database already; nothing is written over it.")
    if zone.media and zone.media.exists() and any(zone.media.iterdir()):
        raise RestoreRefused("There are uploaded files already; nothing is written over them.")
    if taken := [name for name, text in texts.items() if (zone.keys / name).exists() and (zone.keys / name).read_text() != text]:
        raise RestoreRefused(f"There is another {taken[0]} already; nothing is written over it.")


def known() -> list[tuple[str, str]]:
    """Every migration of this version."""
    return list(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def newest() -> dict[str, str]:
    """The last migration of each app of this version, as a manifest tells it."""
    return dict(sorted(known()))


def _write_keys(zone: Zone, texts: dict[str, str]) -> None:
    zone.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in texts.items():
        if not (zone.keys / name).exists():
            _write(zone.keys / name, [text.encode()], 0o444 if name.endswith(".pub") else 0o400)


def _put_back(zone: Zone, name: str, pieces: Iterator[bytes]) -> None:
    if name == DATABASE:
        snapshots.fill(pieces)
    elif _kind(name) == MEDIA and zone.media:
        path = zone.media / name.removeprefix(f"{MEDIA}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, pieces, 0o640)


def _write(path: Path, pieces, mode: int) -> None:
    with new_file(path, mode) as file:
        for piece in pieces:
            file.write(piece)
        settle(file)
