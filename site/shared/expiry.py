"""What is over leaves the database: sessions, and rows of its cache."""

from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone


def forget_sessions() -> None:
    """Removes the sessions whose time is over, with all that was kept in them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_cached() -> int:
    """Removes the rows whose time is over from a cache in the database, and returns how many; Redis does so by itself."""
    store = caches["default"]
    if not isinstance(store, DatabaseCache):
        return 0
    table = connection.ops.quote_name(store._table)
    moment = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [moment])  # noqa: S608 the name of our own table
        return cursor.rowcount
