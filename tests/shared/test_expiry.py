"""What is over leaves the database, and what still counts stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from shared import expiry, outbox
from shared.models import OutboxMessage
from tests.people.elsewhere import elsewhere


def session_of_a_visitor(client, *, ends_in: timedelta) -> str:
    """The key of a session that a booking was begun in, without signing in."""
    session = client.session
    session["typed"] = "Amira El Idrissi"
    session.save()
    Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + ends_in)
    return session.session_key


def rows() -> int:
    """How many the cache has in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_sessions_that_are_over_are_forgotten_and_others_are_not():
    session_of_a_visitor(Client(), ends_in=-timedelta(minutes=1))
    going_on = session_of_a_visitor(Client(), ends_in=timedelta(minutes=1))
    expiry.forget_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [going_on]


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # elsewhere Redis forgets by itself
def test_rows_of_the_cache_that_are_over_are_forgotten_and_others_are_not():
    for number in range(3):
        cache.set(f"over-{number}", "Amira El Idrissi", -60)
    cache.set("goes-on", "kept", 60)
    cache.set("has-no-end", "kept", None)
    assert (rows(), expiry.forget_cached(), rows()) == (5, 3, 2)
    assert (cache.get("goes-on"), cache.get("has-no-end")) == ("kept", "kept")


def message(about: str, *, days: int, **facts) -> None:
    """One that was made long ago, and whose last attempt was so many days ago."""
    last, made = timezone.now() - timedelta(days=days), timezone.now() - timedelta(days=900)
    row = outbox.queue(kind="x", to="amira@school.demo", subject="x", text="Dag Amira El Idrissi", about=about)
    facts |= {"sent_at": last} if facts["state"] == "sent" else {}
    OutboxMessage.objects.filter(pk=row.pk).update(created_at=made, next_attempt_at=last, **facts)


@pytest.mark.django_db
def test_mail_that_went_out_long_ago_is_forgotten_whatever_it_is_about_and_what_waits_is_not(settings):
    settings.MAIL_DAYS = 90
    for about in ("session:1", "organisation:1", ""):
        message(about, days=91, state="sent")
        message(about, days=91, state="failed")
    for state in ("sent", "failed"):
        message("kept", days=89, state=state)
    message("kept", days=91, state="waiting")
    assert (expiry.forget_mail(), list(OutboxMessage.objects.values_list("about", flat=True))) == (6, ["kept"] * 3)


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
