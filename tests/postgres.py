"""A PostgreSQL to try the wall on: databases of each zone and login roles, made for one test and taken away after it."""

import os
import re
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
EMBEDDED = "postgres://postgres@127.0.0.1:5432/postgres"
ADDRESS = next(filter(lambda url: url.startswith("postgres"), [os.environ.get("EXPOR_DATABASE_URL", "")]), EMBEDDED)
COPY = """
import sys, django
django.setup()
from pathlib import Path
from tests import template_database
print(template_database.fresh_copy(Path("unused"), sys.argv[1]))
"""


def skip_unless_reachable() -> None:
    """Without a PostgreSQL there is nothing to try; in CI there is one."""
    try:
        psycopg.connect(ADDRESS, connect_timeout=3).close()
    except psycopg.OperationalError:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No PostgreSQL answers at {ADDRESS}")


def connect(address: str):
    """A connection that keeps every statement at once."""
    return closing(psycopg.connect(address, autocommit=True))


def end_of_log() -> str:
    """How far the write-ahead log of the server has come."""
    with connect(ADDRESS) as server:
        return server.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()[0]


@contextmanager
def empty_database(name: str):
    """The address of a database without any table, for its owner."""
    with connect(ADDRESS) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield re.sub(r"/[^/]*$", f"/{name}", ADDRESS)
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def database(zone: str, name: str):
    """The address of a migrated database of this zone, for its owner; as the settings of that zone's tests make it."""
    done = in_zone(f"tests.settings.{zone}", "-c", COPY, name, EXPOR_DATABASE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    try:
        yield done.stdout.split()[-1]
    finally:
        with connect(ADDRESS) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def roles(*names: str):
    """These login roles, each with its name as password; their databases must be gone at the end."""
    with connect(ADDRESS) as server:
        for name in names:
            server.execute(f'DROP ROLE IF EXISTS "{name}"')
            server.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{name}'")
        try:
            yield
        finally:
            for name in names:
                server.execute(f'DROP ROLE "{name}"')


def as_role(address: str, name: str) -> str:
    """The address of the same database for somebody else."""
    return re.sub(r"//[^@]*@", f"//{name}:{name}@", address)


def in_zone(settings: str, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """What a Python process says that has these settings, and nothing of the test run's own environment."""
    return subprocess.run(
        [sys.executable, *command], env=bare(settings) | environment, capture_output=True, text=True, check=False, cwd=ROOT
    )


def bare(settings: str) -> dict[str, str]:
    """An environment in which only the zone is said."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("EXPOR_", "DJANGO_", "PYTEST_"))}
    return clean | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "DJANGO_SETTINGS_MODULE": settings}
