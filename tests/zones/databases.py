"""Databases for the machines of a test, made by processes with the settings of the tests."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.zones.machine import ROOT

POSTGRES = os.environ.get("EXPOR_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def postgres(statement: str, address: str = POSTGRES) -> list[tuple]:
    """Runs one statement on the server of PostgreSQL that the tests may use."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address, autocommit=True, connect_timeout=3) as server:
        done = server.execute(statement)
        return done.fetchall() if done.description else []


def skip_without_postgres() -> None:
    psycopg = pytest.importorskip("psycopg")
    try:
        postgres("SELECT 1")
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL at hand")
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not installed")


def database_of_tests(zone: str, engine: str, name: str) -> str:
    """A migrated database of this zone on this engine, made by a process with the settings of the tests."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("EXPOR_", "DJANGO_"))}
    environment["DJANGO_SETTINGS_MODULE"] = f"tests.settings.{zone}"
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")])
    if engine == "postgresql":
        environment["EXPOR_DATABASE_URL"] = POSTGRES
    command = [sys.executable, "-m", "tests.zones.new_database", name]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.strip()
