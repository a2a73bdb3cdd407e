"""The audit log without its triggers: for emptying tables after a test, and for what the owner of the database could do."""

from contextlib import contextmanager
from importlib import import_module

GUARD = import_module("casework.migrations.0003_the_log_is_never_changed")


@contextmanager
def lifted(connection):
    """The log without its triggers, as the owner of the database can have it."""
    _run(connection, GUARD.UNGUARD)
    try:
        yield
    finally:
        _run(connection, GUARD.GUARD)


def _run(connection, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
