"""When the cache is away or forgets: no attempt is counted and so none allowed, and what opens is on record as ever."""

from contextlib import ExitStack

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.casework.access_table import MANAGER
from tests.casework.everything import addresses, enter
from tests.casework.faults import CACHES, SECRETS, assert_closed, assert_quiet, events
from tests.casework.signing_in import LOGIN, SECOND, try_password

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=CACHES)
def cache_down(request, things):
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


def test_without_a_cache_the_second_factor_and_the_lock_stay_shut(client, things, logged):
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


def test_sessions_are_never_in_the_cache(settings):
    """So that it is the cache alone that is missed here; see the settings for why."""
    assert settings.SESSION_ENGINE == "casework.entrance.bound_sessions"
