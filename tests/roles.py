"""The connection of a test with the rights of web and worker: SQLite's guard, or a role of PostgreSQL that ends with the test."""

import os
from contextlib import contextmanager

from django.db import connection

from exchange import grants, guard
from exchange.privileges import ROLES

MARK = f"expor_{{}}_in_a_test_{os.getpid()}"


@contextmanager
def held_by(role: str, *, but_not: tuple[str, str] | None = None):
    """Within a transaction: this role's rights, but not this verb on this table."""
    if connection.vendor == "postgresql":
        with _granted(role, but_not):
            yield
        return
    allowed = guard.authorizer(ROLES[role])
    denied = but_not and (next(code for code, verb in guard.VERBS.items() if verb == but_not[0]), but_not[1])
    connection.ensure_connection()
    connection.connection.set_authorizer(lambda *asked: 1 if asked[:2] == denied else allowed(*asked))
    try:
        yield
    finally:
        connection.connection.set_authorizer(None)


@contextmanager
def _granted(role: str, but_not: tuple[str, str] | None):
    name = MARK.format(role)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{name}"')
        grants.grant(cursor, {role: name})
        if but_not:
            cursor.execute(f'REVOKE {but_not[0]} ON "{but_not[1]}" FROM "{name}"')
        cursor.execute(f'SET LOCAL ROLE "{name}"')
        yield
        cursor.execute("RESET ROLE")
