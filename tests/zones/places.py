"""Every place in which something that people typed could be left: as pairs of a name and the bytes that lie there."""

import os
import sqlite3
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from tests import postgres
from tests.zones.running import Running
from tests.zones.visitor import Visitor

Place = tuple[str, bytes]


def everywhere(both: Running, visitors: list[Visitor], since: float = 0) -> Iterator[Place]:
    """All places of both zones; of files those that were written since the words were there."""
    for zone in both.zones:
        yield from tables(both, zone)
    yield from files(both, since or both.begun)
    yield from cached(both)
    yield from processes(both)
    yield "mail", b"\n".join([*both.mails, *map(_read, both.mails)])
    yield "urls", "\n".join(url for visitor in visitors for url in visitor.urls).encode()
    yield "titles", "\n".join(title for visitor in visitors for title in visitor.titles).encode()


def _read(mail: bytes) -> bytes:
    """A message as its reader sees it."""
    message = message_from_bytes(mail, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*message.values(), *parts]).encode()


def tables(both: Running, zone: str) -> Iterator[Place]:
    """Every row of every table of a zone's database, as who owns the database reads it."""
    read = _sqlite_tables if both.engine == "sqlite" else _postgres_tables
    for table, rows in read(both, zone):
        yield f"{zone} table {table}", b"\n".join(_whole(value) for row in rows for value in row)


def _whole(value) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _sqlite_tables(both: Running, zone: str) -> Iterator[tuple[str, list]]:
    database = sqlite3.connect(f"file:{both.folder / zone / zone}.sqlite3?mode=ro", uri=True)
    names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
    for name in names:
        yield name, database.execute(f'select * from "{name}"').fetchall()
    database.close()


def _postgres_tables(both: Running, zone: str) -> Iterator[tuple[str, list]]:
    with postgres.connect(both.zones[zone].owner["EXPOR_DATABASE_URL"]) as owner:
        found = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (name,) in found:
            yield name, owner.execute(f'select * from "{name}"').fetchall()


def files(both: Running, since: float) -> Iterator[Place]:
    """Every file that is younger than the words: databases with what lies beside them, logs, uploads, backups, keys."""
    for path in sorted(both.folder.rglob("*")):
        if path.is_file() and path.stat().st_mtime >= since:
            yield f"file {path.relative_to(both.folder)}", path.read_bytes()
    if both.engine == "postgresql":
        yield from _files_of_postgres(both, since)


def _files_of_postgres(both: Running, since: float) -> Iterator[Place]:
    """The files of the server itself, rows that were deleted included, where this machine lets us read them."""
    for zone in both.zones:
        with postgres.connect(both.zones[zone].owner["EXPOR_DATABASE_URL"]) as owner:
            owner.execute("checkpoint")
            [[folder]] = owner.execute("show data_directory").fetchall()
            [[number]] = owner.execute("select oid from pg_database where datname = current_database()").fetchall()
        for path in sorted(Path(folder, "base", str(number)).glob("*")):
            if os.access(path, os.R_OK) and path.stat().st_mtime >= since:
                yield f"file of {zone} on the server", path.read_bytes()


SEGMENTS = """
    select pg_read_binary_file('pg_wal/' || name) from pg_ls_waldir()
    where name between pg_walfile_name(%s::pg_lsn) and pg_walfile_name(pg_current_wal_flush_lsn())
"""


def log_ahead(both: Running) -> Iterator[bytes]:
    """What PostgreSQL wrote ahead of its tables, for all its databases, since the zones began; SQLite's is among `files`."""
    if both.engine == "postgresql":
        with postgres.connect(postgres.ADDRESS) as server:
            for (segment,) in server.execute(SEGMENTS, [both.begun_in_log]):
                yield segment


def cached(both: Running) -> Iterator[Place]:
    """What lies in Redis, where a zone uses it; without it the cache is a table."""
    for zone in both.zones.values():
        if address := zone.environment.get("EXPOR_REDIS_URL"):
            import redis

            with redis.from_url(address) as server:
                yield f"{zone.name} redis", b"\n".join(key + b"\n" + (server.dump(key) or b"") for key in server.scan_iter())


def processes(both: Running) -> Iterator[Place]:
    """What the list of processes shows of those that run, and of all that they started."""
    groups = {process.pid: name for name, process in both.processes.items()}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            group = os.getpgid(int(folder.name))
            if group in groups:
                yield f"process {groups[group]}", (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except (ProcessLookupError, FileNotFoundError):
            continue
