"""The file of the keyring of sealed columns: the first key writes, all of them read, and an old one goes when no row needs it."""

import json
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from . import files as key_files
from . import keys


def read(folder: Path) -> list[dict]:
    """The keys of the ring, the writing one first: {"id", "key"}, and "retired" (a moment) once another one writes."""
    return json.loads((folder / keys.FIELDS).read_text())["keys"]


def add_first(folder: Path) -> str:
    """A new key that writes from now on; returns its name. It is in the file before any row is sealed with it."""
    new, now = key_files.new_ring_key(), timezone.now().isoformat()
    _write(folder, [new, *({"retired": now} | entry for entry in read(folder))])
    return new["id"]


def drop(folder: Path, names: set[str]) -> None:
    """Takes these keys out for good; never the writing one."""
    first, *old = read(folder)
    _write(folder, [first, *(entry for entry in old if entry["id"] not in names)])


def retired(entry: dict) -> datetime:
    """Since when a key writes no more."""
    return datetime.fromisoformat(entry["retired"])


def _write(folder: Path, entries: list[dict]) -> None:
    key_files.replace(folder / keys.FIELDS, json.dumps({"keys": entries}, indent=1))
