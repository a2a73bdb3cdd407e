"""What one row in the audit log costs, on the database at hand."""

from django.db import connection


def with_audit(queries: int) -> int:
    """So many queries with one row in the log among them; PostgreSQL asks for the lock as well."""
    return queries + 2 + (connection.vendor == "postgresql")
