"""SQLite knows no roles: the same table of privileges, asked by its authorizer at every statement of web and worker."""

import sqlite3

from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from .privileges import DELETE, INSERT, ROLES, SELECT, UPDATE, Role

VERBS = {
    sqlite3.SQLITE_READ: SELECT,
    sqlite3.SQLITE_INSERT: INSERT,
    sqlite3.SQLITE_UPDATE: UPDATE,
    sqlite3.SQLITE_DELETE: DELETE,
}
# Reading within the limits above, functions, transactions: all that serving pages takes. The rest changes the schema or leaves it.
HARMLESS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
    sqlite3.SQLITE_RECURSIVE,
}
# Virtual tables of SQLite's full-text search keep what they hold in tables of their own, and ask about the version of the data.
PRAGMAS = {"data_version"}


def install() -> None:
    """Guards the databases that `EXCHANGE_ROLES` names, from now on: for the entry points of web and worker.

    Not for commands: the role that migrates is the owner's.
    """
    connection_created.connect(_guard, dispatch_uid="exchange.guard")
    for alias in settings.EXCHANGE_ROLES:
        connections[alias].close()


def _guard(sender, connection, **more) -> None:
    role = settings.EXCHANGE_ROLES.get(connection.alias)
    if role and connection.vendor == "sqlite":
        connection.connection.set_authorizer(authorizer(ROLES[role]))


def authorizer(role: Role):
    """What SQLite asks before it runs a statement: whether this role may."""

    def allowed(action, first, second, _database, _trigger) -> int:
        if action in HARMLESS or (action == sqlite3.SQLITE_PRAGMA and first in PRAGMAS):
            return sqlite3.SQLITE_OK
        verb = VERBS.get(action)
        return sqlite3.SQLITE_OK if verb and verb in role.may(first) else sqlite3.SQLITE_DENY

    return allowed
