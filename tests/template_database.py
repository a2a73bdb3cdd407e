"""A migrated database kept between test runs, keyed by the migrations that made it.

Migrating takes some twenty seconds of work, nearly all of it Wagtail's own history; copying a file takes none.
"""

import fcntl
import hashlib
import os
import shutil
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

MADE_BY_SET_UP = ("management/commands/set_up.py", "first_pages.py", "roles.py", "review.py")


def fingerprint() -> str:
    """A hash over every migration file of every installed app, over this file, and over the engine's name."""
    digest = hashlib.sha256(f"{django.__version__} {connection.vendor}".encode() + Path(__file__).read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
        for name in MADE_BY_SET_UP:
            for file in Path(config.path).glob(name):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def migrate() -> None:
    """Runs all migrations, makes the cache table and, in the public zone, the first pages, on the connection at hand."""
    call_command("migrate", verbosity=0, interactive=False)
    # By name: with a Redis none would be made, and a run without one would then copy a template that lacks it.
    call_command("createcachetable", "cache", verbosity=0)
    if apps.is_installed("website"):
        call_command("set_up", verbosity=0)


def sqlite_template(folder: Path) -> Path:
    """The file of the migrated template, made when there is none for these migrations."""
    template = folder / f"template-{fingerprint()}.sqlite3"
    if not template.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "template.lock").open("w") as lock:
            # One maker at a time: the others wait here and then find the template.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                _make_sqlite_template(template)
    return template


def _make_sqlite_template(template: Path) -> None:
    draft = template.with_name(f"draft-{os.getpid()}.sqlite3")
    _with_sqlite_file(draft, migrate)
    # Renamed last: another process sees a whole template or none.
    draft.replace(template)


def _with_sqlite_file(path: Path, work) -> None:
    before = settings.DATABASES["default"]["NAME"]
    _switch(str(path))
    try:
        work()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        _switch(before)


def fresh_copy(folder: Path, name: str) -> str:
    """A copy of the template under this name, as a database address; SQLite or PostgreSQL as the settings say."""
    return _sqlite_copy(folder, name) if connection.vendor == "sqlite" else _postgres_copy(name)


def remove_copy(folder: Path, name: str) -> None:
    """Takes a copy away after the run."""
    if connection.vendor == "sqlite":
        for file in folder.glob(f"{name}.sqlite3*"):
            file.unlink()
        return
    connections.close_all()
    with closing(_maintenance()) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def switch_to(folder: Path, name: str) -> None:
    """Points Django at a copy."""
    _switch(str(folder / f"{name}.sqlite3") if connection.vendor == "sqlite" else name)


def _sqlite_copy(folder: Path, name: str) -> str:
    remove_copy(folder, name)
    path = folder / f"{name}.sqlite3"
    shutil.copy(sqlite_template(folder), path)
    return f"sqlite:///{path}"


def _postgres_copy(name: str) -> str:
    template = f"expor_template_{fingerprint()}"
    with closing(_maintenance()) as maintenance:
        # One maker at a time: the others wait here and then find the template.
        maintenance.execute("SELECT pg_advisory_lock(730162018)")
        if not maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_postgres_template(maintenance, template)
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    database = settings.DATABASES["default"]
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}/{name}"


def _make_postgres_template(maintenance, template: str) -> None:
    before = settings.DATABASES["default"]["NAME"]
    maintenance.execute(f'DROP DATABASE IF EXISTS "{template}_draft" WITH (FORCE)')
    maintenance.execute(f'CREATE DATABASE "{template}_draft"')
    _switch(f"{template}_draft")
    migrate()
    _switch(before)
    maintenance.execute(f'ALTER DATABASE "{template}_draft" RENAME TO "{template}"')


def _switch(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _maintenance():
    import psycopg

    config = settings.DATABASES["default"]
    return psycopg.connect(
        host=config["HOST"],
        port=config["PORT"] or 5432,
        user=config["USER"],
        password=config["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
