"""What is over leaves the database: sessions, rows of its cache, and mail that went out long ago."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from .models import OutboxMessage


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


def forget_mail() -> int:
    """Removes messages that were sent, or given up, as many days ago as the site keeps mail; returns how many."""
    State, limit = OutboxMessage.State, timezone.now() - timedelta(days=settings.MAIL_DAYS)
    # What was given up keeps the time of its last attempt. What waits still has to arrive, however old it is.
    over = Q(state=State.SENT, sent_at__lt=limit) | Q(state=State.FAILED, next_attempt_at__lt=limit)
    return OutboxMessage.objects.filter(over).delete()[0]
