"""What the tests of casework find ready: keys of their own, and the tables of the exchange in the database at hand."""

import io
import logging
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from casework.keyring import files as key_files
from casework.keyring import keys
from shared.logs import JsonFormatter
from tests.casework import log_guard
from tests.casework.client import SignedClient
from tests.casework.everything import one_of_each


@pytest.fixture(scope="session", autouse=True)
def _keys_of_the_tests():
    key_files.make_missing(Path(settings.KEYS))


@pytest.fixture(scope="session", autouse=True)
def _tables_of_the_tests_are_emptied_with_the_log():
    """Tests with transactions of their own end with emptying all tables, which the triggers of the log refuse like anybody's."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def past_the_guard(self, statements):
        with log_guard.lifted(self.connection):
            flush(self, statements)

    operations.execute_sql_flush = past_the_guard
    yield
    operations.execute_sql_flush = flush


@pytest.fixture
def client():
    return SignedClient()


@pytest.fixture(autouse=True)
def _fresh_keys():
    yield
    keys.forget()


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self):
        self.now = time.time() // 30 * 30 + 5

    def go_on(self, *, minutes: float = 0, hours: float = 0):
        self.now += minutes * 60 + hours * 3600


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "time", lambda: clock.now)
    return clock


@pytest.fixture
def things():
    yield one_of_each()
    cache.clear()


@pytest.fixture
def logged(client):
    """What the log of a production server would hold."""
    client.raise_request_exception = False
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
