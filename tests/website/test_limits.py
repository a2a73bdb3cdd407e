"""Counting what one network does: over the whole stretch of time, in whichever cache."""

from datetime import UTC

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from website.limits import too_often

pytestmark = pytest.mark.django_db


def seconds_left() -> list[float]:
    """How long each row of the cache will still be there."""
    if settings.REDIS_URL:
        redis = cache._cache.get_client()
        return [redis.ttl(key) for key in redis.scan_iter()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM cache")
        return [(expires.replace(tzinfo=UTC) - timezone.now()).total_seconds() for (expires,) in cursor.fetchall()]


def test_a_count_lasts_as_long_as_its_limit_says(rf):
    counted = [too_often(rf.post("/"), "question", most=2, seconds=3600) for _time in range(3)]
    [left] = seconds_left()
    assert (counted, 3590 < left <= 3601) == ([False, False, True], True)
