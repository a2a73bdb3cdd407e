"""What lies in a cache is data and nothing else: a pickle that somebody wrote there does nothing."""

import base64
import pickle

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import override_settings

DONE: list[str] = []
TABLE = {"BACKEND": "shared.plain_cache.DatabaseCache", "LOCATION": "cache"}
VALUES = [0, 7, True, 1.5, "tekst ë", b"\x00\xff", None, [1, "a", [b"b"]], {"a": {"b": 1}}]
pytestmark = pytest.mark.django_db


def harm() -> None:
    DONE.append("done")


class Harmful:
    """What a pickle can hold."""

    def __reduce__(self):
        return harm, ()


@pytest.fixture(autouse=True)
def forgotten():
    DONE.clear()
    cache.clear()


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_went_in_comes_out(value):
    for one in (cache, caches.create_connection("default")):
        one.set("it", value, 60)
        assert (one.get("it", "nothing"), type(one.get("it", "nothing"))) == (value, type(value))


def test_it_counts():
    assert cache.add("number", 0, 60)
    assert [cache.incr("number"), cache.incr("number")] == [1, 2]


def test_what_is_no_data_is_refused():
    with pytest.raises(TypeError):
        cache.set("it", object(), 60)


@override_settings(CACHES={"default": TABLE})
def test_a_pickle_in_the_table_does_nothing():
    cache.set("it", "right", 60)
    packed = base64.b64encode(pickle.dumps(Harmful())).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET value = %s", [packed])
    assert (cache.get("it"), DONE) == (None, [])
    # Shows that it would have done something where pickles are read.
    pickle.loads(base64.b64decode(packed))
    assert DONE == ["done"]


def test_a_pickle_in_redis_does_nothing():
    from shared.plain_cache import Serializer

    assert (Serializer().loads(pickle.dumps(Harmful())), DONE) == (None, [])
