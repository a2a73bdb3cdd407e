"""What can be missing under casework, and what must hold then: nothing is shown, nothing typed is lost, no word is in the log."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.conf import settings as now
from django.db import OperationalError, connection

from casework.keyring import files as key_files
from casework.keyring import keys
from casework.log import audit
from casework.models import AuditEvent, Entry, Message
from tests.casework.access_table import MANAGER, OFFICER
from tests.casework.signing_in import PASSWORD
from tests.postgres import connect

SECRETS = ("praat over wapens", "Els Janssens", "Yassine", "Bel op dinsdag")
TYPED = "Zij zei dat <b>Wout</b> weer komt."
# Each of these is on record before it is shown, or is a change: by whom, and with what is sent.
LOOKS = {
    MANAGER: ["referral", "referrer", "subject"],
    OFFICER: ["log", "log-export", "who-looked", "log-grants", "log-chain"],
}
CHANGES = {
    "answer": {"text": TYPED},
    "note": {"text": TYPED},
    "advice": {"text": TYPED},
    "action": {"text": TYPED},
    "talk": {"direction": "in", "means": "phone", "text": TYPED},
    "boundary": {"boundary": "none", "text": TYPED},
}
CACHES = {
    "Redis refuses": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    "no table": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"},
    "keeps nothing": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}


@contextmanager
def a_key_is(folder, name: str, text: str | None):
    """A folder with all keys but this one, which holds something else or is not there."""
    for file in key_files.Path(now.KEYS).iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / name).unlink()
    if text is not None:
        (folder / name).write_text(text)
    now.KEYS, before = str(folder), now.KEYS
    keys.forget()
    try:
        yield
    finally:
        now.KEYS = before
        keys.forget()


@contextmanager
def somebody_else_writes(monkeypatch):
    """The log is held by another connection, that does not let go."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(audit, "PATIENCE", "100ms")
        given = connection.settings_dict
        address = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"
        with connect(address) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [audit.LOCK])
            yield
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # closing takes it back
        with pragma("busy_timeout", 5, 20_000):
            yield


@contextmanager
def pragma(name: str, value: int, after: int):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {after}")


@contextmanager
def only_reads(monkeypatch):
    """A database that takes no writes."""
    if connection.vendor == "sqlite":
        with pragma("query_only", 1, 0):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            cursor.execute("SET default_transaction_read_only = off")


@contextmanager
def is_full(monkeypatch):
    """A disk without room for one row more."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    with pragma("max_page_count", pages, 1_000_000_000):
        with pytest.raises(OperationalError, match="full"):
            for _row in range(5000):
                audit.record("x", by=None)
        yield


FAULTS = {"log locked": somebody_else_writes, "only reads": only_reads, "disk full": is_full}


def assert_closed(answer, *, typed: bool = False) -> None:
    """The calm page, with nothing in it but what was typed just now."""
    page = answer.content.decode()
    assert (answer.status_code, [secret for secret in SECRETS if secret in page]) == (503, [])
    assert ("Zij zei dat &lt;b&gt;Wout&lt;/b&gt; weer komt." in page, TYPED in page) == (typed, False)
    assert answer["Cache-Control"] == "private, no-store"


def assert_quiet(logged) -> None:
    """The log says that it is closed, and no word of anybody."""
    text = logged.getvalue()
    assert "casework: closed, %s" in text
    assert [word for word in (*SECRETS, "Wout", "@expo-r.demo", "Nadia", PASSWORD, "127.0.0.1") if word in text] == []


def events() -> int:
    return AuditEvent.objects.count()


def kept() -> tuple[int, int]:
    return Entry.objects.count(), Message.objects.count()
