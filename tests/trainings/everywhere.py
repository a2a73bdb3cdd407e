"""Looking for words in every text of every table: what a test of forgetting needs."""

from django.apps import apps
from django.db import connection


def hits(*words: str) -> list[str]:
    """The columns in which one of these words stands, as `table.column`, whatever their case."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            names = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{model._meta.db_table}.{name}" for name, value in zip(names, row, strict=True) if _has(value, words)}
    return sorted(found)


def _has(value, words) -> bool:
    text = str(value).lower()
    return any(word.lower() in text for word in words)
