"""A database out of one moment into a stream, and back into an empty one; nothing of it lies on the disk in clear.

SQLite: a copy in memory by the online backup API, which needs twice the size of the database for a moment. PostgreSQL: pg_dump
and pg_restore, piped, within the moment of one exported snapshot; what they need to sign in goes by environment.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from .new_files import new_file, settle

PIECE = 1024 * 1024
# What libpq reads from the environment, by the name that Django's settings give it.
LIBPQ = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
Ask = Callable[[str], list[tuple]]


class SnapshotFailed(Exception):
    """The database could not be written out, or not be filled. Says what the program said first."""


@contextmanager
def snapshot() -> Iterator[tuple[Ask, Iterator[bytes]]]:
    """A way to ask this moment of the database, and the pieces of its copy."""
    with (_of_sqlite if connection.vendor == "sqlite" else _of_postgres)() as taken:
        yield taken


@contextmanager
def _of_sqlite():
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.connection.backup(copy)
        yield (lambda sql: copy.execute(sql).fetchall()), _cut(copy)


def _cut(copy: sqlite3.Connection) -> Iterator[bytes]:
    whole = memoryview(copy.serialize())
    for at in range(0, len(whole), PIECE):
        yield bytes(whole[at : at + PIECE])


@contextmanager
def _of_postgres():
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [name] = cursor.fetchone()

        def ask(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return cursor.fetchall()

        yield ask, _dumped(name)


def _dumped(name: str) -> Iterator[bytes]:
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"]
    with _program(command, stdout=subprocess.PIPE) as process:
        while piece := process.stdout.read(PIECE):
            yield piece
        _end(process)


def is_empty() -> bool:
    """Whether there is nothing yet where this zone keeps its database."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return not any(path.with_name(path.name + end).exists() for end in ("", "-wal", "-shm", "-journal"))
    return not connection.introspection.table_names()


def fill(pieces: Iterable[bytes]) -> None:
    """Puts a copy where there is no database yet: whole or not at all."""
    connection.close()
    (_fill_sqlite if connection.vendor == "sqlite" else _fill_postgres)(pieces)


def _fill_sqlite(pieces: Iterable[bytes]) -> None:
    path = Path(connection.settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".restoring")
    draft.unlink(missing_ok=True)
    try:
        with new_file(draft) as file:
            for piece in pieces:
                file.write(piece)
            settle(file)
        os.link(draft, path)  # unlike a rename it refuses where somebody was faster
    finally:
        draft.unlink(missing_ok=True)


def _fill_postgres(pieces: Iterable[bytes]) -> None:
    name = connection.settings_dict["NAME"]
    command = ["pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--dbname={name}"]
    with _program(command, stdin=subprocess.PIPE) as process:
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            _hang_up(process)  # it ended by itself, and says why
        except BaseException:
            process.kill()  # rolls back: an end of its input would be taken for the end of the copy
            _hang_up(process)
            raise
        _end(process)


def _hang_up(process) -> None:
    with suppress(BrokenPipeError):
        process.stdin.close()


def _program(command: list[str], **pipes) -> Any:
    # Any: of a Popen with these pipes the types would say that they may be missing.
    try:
        return subprocess.Popen(command, env=os.environ | _login(), stderr=subprocess.PIPE, **pipes)  # noqa: S603 our own words
    except FileNotFoundError as error:
        raise SnapshotFailed(f"{command[0]} is not installed") from error


def _login() -> dict[str, str]:
    config = connection.settings_dict
    found = {LIBPQ[name]: str(config[name]) for name in LIBPQ if config.get(name)}
    return found | {OPTIONS[name]: str(value) for name, value in config.get("OPTIONS", {}).items() if name in OPTIONS}


def _end(process) -> None:
    # The first line only: those after it may show a row.
    said = process.stderr.read().decode(errors="replace").splitlines()
    if process.wait():
        raise SnapshotFailed(said[0] if said else f"it ended with {process.returncode}")
