"""Queries written once per process: for small answers, writing the SQL takes Django ten times as long as running it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

# Stands for the moment of asking in the SQL that is kept.
MOMENT = datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)


class Prepared:
    """A `values_list` whose SQL never changes but for the moment, which `build` gets as its argument."""

    def __init__(self, build: Callable[[datetime], QuerySet]):
        self.build = build

    @cached_property
    def _compiled(self) -> tuple:
        compiler = self.build(MOMENT).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return compiler, sql, params, converters

    def rows(self, now: datetime) -> list[tuple]:
        """What the database says at this moment, as Python's own types."""
        compiler, sql, params, converters = self._compiled
        connection = connections[DEFAULT_DB_ALIAS]
        adapt = connection.ops.adapt_datetimefield_value
        marked, moment = adapt(MOMENT), adapt(now)
        with connection.cursor() as cursor:
            cursor.execute(sql, [moment if param == marked else param for param in params])
            rows = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows
