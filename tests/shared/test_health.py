"""What a balancer asks."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache

from shared import health


def test_live_needs_no_database(client):
    assert client.get("/-/live").content == b"ok\n"


@pytest.mark.django_db
def test_ready_says_ok_when_database_and_cache_answer(client):
    assert client.get("/-/ready").content == b"ok\n"


@pytest.mark.parametrize("part", ["database", "cache"])
@pytest.mark.django_db
def test_ready_names_what_does_not_answer_and_nothing_else(client, monkeypatch, part):
    def broken():
        raise RuntimeError("password of the database")

    monkeypatch.setattr(health, f"_{part}", broken)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content.decode()) == (503, f"{part} does not answer\n")


def test_the_cache_is_shared_by_processes():
    # Rate limits and replay guards live there: a cache of one process would let everybody try twice as often.
    assert not isinstance(caches["default"], (LocMemCache, DummyCache))


def a_note() -> str:
    return "something that who watches should know"


def no_note() -> str:
    return ""


@pytest.mark.django_db
def test_ready_says_what_the_zone_has_to_say_besides_and_stays_at_200(client, settings):
    settings.READY_NOTES = [f"{__name__}.no_note", f"{__name__}.a_note"]
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content.decode()) == (200, "ok\nsomething that who watches should know\n")
