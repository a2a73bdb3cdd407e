"""Sealed backups of a zone: database, uploaded files and keys in one file, which the zone's key and the recovery key open.

    database · media/… · keys · manifest        (see `exchange.parcels` and, for the seal around them, `exchange.streams`)

The keys lie in an envelope of their own, which opens with the recovery key only. The manifest comes last.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from . import sealing
from .new_files import new_file, settle
from .parcels import Packer
from .recipients import RECOVERY_PUBLIC, ZONE_PUBLIC, recipients
from .sealing import Kind
from .snapshots import PIECE, Ask, snapshot
from .streams import Sealer

ENDING, DRAFT = ".expor-backup", ".part"
DATABASE, MEDIA, KEYS, MANIFEST = "database", "media", "keys", "manifest"
Tell = Callable[[str], None]


class Zone:
    """What a zone keeps, and where; this is the public one, and casework makes its own of it."""

    name = "public"

    @property
    def media(self) -> Path | None:
        """The folder of uploaded files; none where they lie in object storage, which keeps its own copies."""
        if not isinstance(default_storage, FileSystemStorage):
            return None
        return Path(settings.MEDIA_ROOT)

    @property
    def keys(self) -> Path:
        """The folder of the key files."""
        return Path(settings.REFERRAL_KEYS)

    def key_files(self) -> dict[str, str]:
        """Name and text of what must come back before the zone works again; the secret key under a name that nothing reads."""
        halves = {name: (self.keys / name).read_text() for name in (ZONE_PUBLIC, RECOVERY_PUBLIC)}
        return halves | {f"{self.name}-secret-key.restored": settings.SECRET_KEY + "\n"}

    def privates(self) -> list[bytes]:
        """Private halves at hand that open a backup: none here, where only public halves are."""
        return []

    def before_backup(self) -> None:
        """What is done before the moment of the copy."""

    def facts(self, ask: Ask) -> dict:
        """What the manifest tells besides, asked of the copy."""
        return {}

    def after_restore(self, manifest: dict, tell: Tell) -> list[str]:
        """Looks at what came back, and returns what is wrong, a sentence each."""
        return []


def write(zone: Zone, folder: Path, tell: Tell) -> tuple[Path, str]:
    """A new backup in this folder; returns its file and its digest. Older ones than `BACKUPS_KEPT` go when it is whole."""
    to, moment = recipients(), datetime.now(UTC)
    zone.before_backup()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{zone.name}-{moment:%Y%m%dT%H%M%S%fZ}{ENDING}"
    draft = path.with_name(path.name + DRAFT)
    try:
        with new_file(draft) as file:
            digest = _fill(zone, file, to, moment, tell)
            settle(file)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    forget_older(zone, folder)
    return path, digest


def _fill(zone: Zone, file: BinaryIO, to: list[bytes], moment: datetime, tell: Tell) -> str:
    out = Sealer(file, to)
    packer, sizes, progress = Packer(out), Counter[str](), Progress(tell)
    with snapshot() as (ask, pieces):
        manifest = {"v": 1, "zone": zone.name, "made": moment.isoformat(), "engine": connection.vendor}
        manifest |= {"schema": schema(ask)} | zone.facts(ask)
        sizes[DATABASE] += packer.add(DATABASE, progress.through(DATABASE, pieces))
    for name, path in uploaded(zone.media):
        sizes[MEDIA] += packer.add(f"{MEDIA}/{name}", progress.through(MEDIA, _read(path)))
    envelope = sealing.seal(Kind.KEYS, zone.key_files(), to[1:])
    sizes[KEYS] += packer.add(KEYS, [envelope])
    packer.add(MANIFEST, [json.dumps(manifest | {"sizes": sizes}).encode()])
    packer.close()
    out.close()
    return out.digest


def schema(ask: Ask) -> dict[str, str]:
    """The last migration of each app."""
    return dict(sorted(ask("SELECT app, max(name) FROM django_migrations GROUP BY app")))


def uploaded(folder: Path | None) -> list[tuple[str, Path]]:
    """The files below a folder, by their names in it; a link leads out of it and is left."""
    if folder is None:
        return []
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted((path.relative_to(folder).as_posix(), path) for path in files)


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except FileNotFoundError:
        return  # deleted since the list was made


def forget_older(zone: Zone, folder: Path) -> None:
    """Names begin with the moment: the first ones are the oldest. Drafts of runs that were killed go too."""
    for path in sorted(folder.glob(f"{zone.name}-*{ENDING}"))[: -settings.BACKUPS_KEPT]:
        path.unlink()
    for path in folder.glob(f"{zone.name}-*{ENDING}{DRAFT}"):
        path.unlink()


class Progress:
    """Tells at most once a second how far it has come."""

    def __init__(self, tell: Tell):
        self.tell, self.told, self.bytes = tell, time.monotonic(), 0

    def through(self, what: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            self.bytes += len(piece)
            if time.monotonic() - self.told > 1:
                self.told = time.monotonic()
                self.tell(f"{what}: {self.bytes / 1e6:.1f} MB so far")
