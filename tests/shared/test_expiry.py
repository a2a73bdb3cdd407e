"""What is over leaves the database, and what still counts stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from shared import expiry
from tests.people.elsewhere import elsewhere


def session_of_a_visitor(client, *, ends_in: timedelta) -> str:
    """The key of a session that a booking was begun in, without signing in."""
    session = client.session
    session["typed"] = "Amira El Idrissi"
    session.save()
    Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + ends_in)
    return session.session_key


@pytest.fixture
def rows(settings):
    """How many rows the cache has in the database."""
    if settings.REDIS_URL:
        pytest.skip("the cache is not in the database")

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            return cursor.fetchone()[0]

    return count


@pytest.mark.django_db
def test_sessions_that_are_over_are_forgotten_and_others_are_not():
    session_of_a_visitor(Client(), ends_in=-timedelta(minutes=1))
    going_on = session_of_a_visitor(Client(), ends_in=timedelta(minutes=1))
    expiry.forget_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [going_on]


@pytest.mark.django_db
def test_rows_of_the_cache_that_are_over_are_forgotten_and_others_are_not(rows):
    for number in range(3):
        cache.set(f"over-{number}", "Amira El Idrissi", -60)
    cache.set("goes-on", "kept", 60)
    cache.set("has-no-end", "kept", None)
    assert (rows(), expiry.forget_cached(), rows()) == (5, 3, 2)
    assert (cache.get("goes-on"), cache.get("has-no-end")) == ("kept", "kept")


FORGOTTEN_BY_THE_WORKER = """
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from shared import expiry
from tests.people.elsewhere import elsewhere
Session.objects.create(session_key="over", session_data="", expire_date=timezone.now())
cache.set("over", "Amira El Idrissi", -60)
call_command("worker", once=True)
print(Session.objects.count(), expiry.forget_cached())
"""


def test_the_worker_forgets_what_is_over(own_database):
    assert elsewhere(FORGOTTEN_BY_THE_WORKER, own_database) == ["0 0"]
