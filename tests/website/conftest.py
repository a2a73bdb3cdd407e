"""What the tests of the whole site find ready."""

import sqlite3

import pytest
from django.conf import settings
from django.db import connection

from exchange import guard
from exchange.privileges import ROLES
from tests.website.everything import one_of_each


@pytest.fixture
def things(db) -> dict:
    """One of each, tied together: what the blanks of the addresses are filled with."""
    return one_of_each()


@pytest.fixture
def guarded(things):
    """On SQLite: the guard on the test's own connection, with one of everything there to look at; what it refuses is noted."""
    refused = []
    allowed = guard.authorizer(ROLES[settings.EXCHANGE_ROLES["default"]])

    def noted(*asked) -> int:
        answer = allowed(*asked)
        if answer != sqlite3.SQLITE_OK:
            refused.append(asked)
        return answer

    if connection.vendor == "sqlite":
        connection.connection.set_authorizer(noted)
    yield refused
    if connection.vendor == "sqlite":
        connection.connection.set_authorizer(None)
