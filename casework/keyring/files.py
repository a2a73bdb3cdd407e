"""Making key files: each once, readable for the service user only, never overwritten."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nacl.public import PrivateKey

from exchange import shares
from exchange.new_files import new_file, settle
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC

from . import keys

PRIVATE, PUBLIC = 0o400, 0o444
DEMO_SHARES = "demo-shares.txt"


class WouldOverwrite(Exception):
    """There is another key where this one should be written. Names the file."""


class Busy(Exception):
    """Somebody else is changing the key files now."""


def make_missing(folder: Path) -> list[str]:
    """Makes the key files of the zone that are not there yet, and returns their names."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    makers = {keys.ZONE: new_zone_key, keys.FIELDS: _new_ring, keys.AUDIT: _random, keys.SEALS: _random}
    made = [name for name, make in makers.items() if not (folder / name).exists() and _made_here(folder / name, make)]
    return made + publish(folder, folder)


def _made_here(path: Path, make: Callable[[], str]) -> bool:
    # Of two processes that start together one makes the key, and the other one takes what is there.
    try:
        write_once(path, make())
    except WouldOverwrite:
        return False
    return True


def publish(folder: Path, to: Path) -> list[str]:
    """Writes the public halves that the public zone needs into the folder `to`; returns the names of those that were not there."""
    to.mkdir(parents=True, exist_ok=True)
    halves = {ZONE_PUBLIC: encoded(public_of((folder / keys.ZONE).read_text()))}
    if (folder / RECOVERY_PUBLIC).exists():
        halves[RECOVERY_PUBLIC] = (folder / RECOVERY_PUBLIC).read_text().strip()
    return [name for name, text in halves.items() if _write_unless_same(to / name, text, PUBLIC)]


def write_recovery(folder: Path, public: bytes) -> None:
    """Keeps the public half of a recovery key; there is one, and another one only after somebody took it away by hand."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_once(folder / RECOVERY_PUBLIC, encoded(public), PUBLIC)


def prepare_demo(folder: Path) -> list[str]:
    """All keys of a demonstration, with the shares beside them: for invented data only. Returns the names of what was made."""
    made = make_missing(folder)
    if not (folder / RECOVERY_PUBLIC).exists():
        public, papers = shares.new_key()
        (folder / DEMO_SHARES).unlink(missing_ok=True)
        write_once(folder / DEMO_SHARES, "\n".join(papers))
        write_recovery(folder, public)
        made += [DEMO_SHARES, RECOVERY_PUBLIC]
    return made


def new_ring_key() -> dict:
    """One key of the ring of sealed columns, with a name of its own."""
    return {"id": secrets.token_hex(4), "key": _random()}


def private_in(path: Path) -> bytes:
    """The private half that this file holds."""
    return base64.b64decode(path.read_text())


def public_of(private: str) -> bytes:
    """The public half that belongs to the text of a private key's file."""
    return bytes(PrivateKey(base64.b64decode(private)).public_key)


def encoded(key: bytes) -> str:
    """A key as its file holds it."""
    return base64.b64encode(key).decode()


def new_zone_key() -> str:
    """The text of a new private half."""
    return encoded(bytes(PrivateKey.generate()))


def _new_ring() -> str:
    return json.dumps({"keys": [new_ring_key()]}, indent=1)


def _random() -> str:
    return encoded(secrets.token_bytes(32))


def write_once(path: Path, text: str, mode: int = PRIVATE) -> None:
    """A new file; raises `WouldOverwrite` where there is one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new_file(draft, mode) as file:
            file.write(f"{text}\n".encode())
            settle(file)
        # Linked when it is whole: two processes that start together end up with one key, and a full disk with none.
        os.link(draft, path)
    except FileExistsError as error:
        raise WouldOverwrite(path.name) from error
    finally:
        draft.unlink(missing_ok=True)


def replace(path: Path, text: str, mode: int = PRIVATE) -> None:
    """Another content for a file, whole or not at all: for a rotation, which has kept what it still needs."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    write_once(draft, text, mode)
    draft.replace(path)


def _write_unless_same(path: Path, text: str, mode: int) -> bool:
    try:
        write_once(path, text, mode)
    except WouldOverwrite:
        if path.read_text().strip() != text:
            raise
        return False
    return True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One rotation at a time; the lock ends with the process that holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Busy(folder.name) from error
    finally:
        os.close(handle)
