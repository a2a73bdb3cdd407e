"""When the cache is away or forgets: no attempt is counted and so none allowed, and what opens is on record as ever."""

from contextlib import ExitStack

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.casework.access_table import MANAGER
from tests.casework.everything import addresses, enter
from tests.casework.faults import CACHES, CHANGES, LOOKS, SECRETS, assert_closed, assert_quiet, events
from tests.casework.signing_in import LOGIN, SECOND, try_password

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sessions_apart(settings):
    """Sessions in the database alone, so that it is the cache that is missed."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"


@pytest.fixture(params=CACHES)
def cache_down(request, things, sessions_apart):
    """A cache that is away, or forgets; taken back before anybody empties it."""
    with ExitStack() as stack:
        stack.enter_context(override_settings(CACHES={"default": CACHES[request.param]}))
        yield


def test_without_a_cache_no_attempt_is_counted_and_so_none_allowed(client, things, logged, cache_down):
    user = things["people"][MANAGER]
    assert_closed(try_password(client, user))
    assert "_auth_user_id" not in client.session
    code = {"email": user.email, "first": "ABC-DEF", "second": "ABC-DEF"}
    assert_closed(client.post(reverse("account_invitation"), code))
    assert_quiet(logged)


def test_without_a_cache_the_second_factor_and_the_lock_stay_shut(client, things, logged, sessions_apart):
    user = things["people"][MANAGER]
    assert try_password(client, user).url == SECOND
    other = client.__class__(raise_request_exception=False)
    enter(other, MANAGER, things)
    other.post(reverse("account_lock"))
    for down in CACHES.values():
        with override_settings(CACHES={"default": down}):
            assert_closed(client.post(SECOND, {"code": "123456"}))
            assert_closed(other.post(reverse("account_unlock"), {"code": "123456"}))
            assert other.get(addresses(things)["casework:referral"]).url.startswith("/account/vergrendeld/")
    assert client.get("/").url.startswith(LOGIN)
    assert_quiet(logged)


def test_without_a_cache_a_look_is_on_record_as_ever(client, things, logged, cache_down):
    enter(client, MANAGER, things)
    before = events()
    page = client.get(addresses(things)["casework:referral"])
    assert (page.status_code, SECRETS[0] in page.content.decode(), events()) == (200, True, before + 1)


@pytest.mark.parametrize("down", ["Redis refuses", "no table"])
def test_with_sessions_in_a_cache_that_is_down_nothing_opens(client, things, logged, settings, down):
    where = addresses(things)
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    enter(client, MANAGER, things)
    assert client.get(where["casework:referral"]).status_code == 200
    with override_settings(CACHES={"default": CACHES[down]}):
        before = events()
        for name in LOOKS[MANAGER]:
            assert_closed(client.get(where[f"casework:{name}"]))
        for name, sent in CHANGES.items():
            assert_closed(client.post(where[f"casework:{name}"], sent), typed=True)
        assert events() == before
    assert client.get(where["casework:referral"]).status_code == 200
    assert_quiet(logged)
