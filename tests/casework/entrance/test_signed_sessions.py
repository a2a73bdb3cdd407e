"""Who reads the casework database, or writes into it, gets into no session."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from casework.entrance.bound_sessions import SessionStore
from casework.entrance.signed_sessions import key_of, signed
from tests.casework.client import SignedClient
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import walk_in, with_means

pytestmark = pytest.mark.django_db
NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def manager(client, clock):
    user = with_means(AccountFactory(roles=["case_manager"]))
    walk_in(client, user)
    return user


def comes_in(cookie: str) -> bool:
    visitor = Client()
    visitor.cookies[NAME] = cookie
    return visitor.get("/").status_code == 200


def test_the_cookie_of_an_open_session_opens_it(client, manager):
    assert comes_in(client.cookies[NAME].value)


def test_no_key_in_the_database_opens_a_session(client, manager):
    keys = {*Session.objects.values_list("session_key", flat=True), *UserSession.objects.values_list("session_key", flat=True)}
    assert client.session.session_key in keys
    assert not any(comes_in(key) for key in keys)


def test_the_cookie_stands_nowhere_in_the_database(client, manager):
    rows = [*Session.objects.values_list(), *UserSession.objects.values_list()]
    assert client.cookies[NAME].value not in str(rows)
    assert client.session.session_key in str(rows)


def test_a_session_written_into_the_database_opens_nothing(client, manager):
    written = SessionStore()
    written.update({key: client.session[key] for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)})
    written.save()
    assert not comes_in(written.session_key)


def cookie_of_a_stranger() -> str:
    """A signed cookie, which the page of the sign-in with a passkey gives anybody."""
    stranger = Client()
    stranger.get("/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    return stranger.cookies[NAME].value


def copied_under_a_cookie_of_ones_own(client) -> str:
    """The cookie that a stranger was given, after the data of this session was written into the row it is for."""
    cookie = cookie_of_a_stranger()
    data = Session.objects.get(pk=client.session.session_key).session_data
    assert Session.objects.filter(pk=key_of(cookie)).update(session_data=data) == 1
    return cookie


def test_a_session_copied_into_the_row_of_another_opens_nothing(client, manager):
    cookie = copied_under_a_cookie_of_ones_own(client)
    assert SessionStore(key_of(cookie)).load() == {}
    visitor = Client()
    visitor.cookies[NAME] = cookie
    assert visitor.get("/").url == "/account/login/?next=%2F"
    assert comes_in(client.cookies[NAME].value)


def test_a_row_that_is_given_another_key_opens_nothing(client, manager):
    cookie = cookie_of_a_stranger()
    Session.objects.filter(pk=key_of(cookie)).delete()
    Session.objects.filter(pk=client.session.session_key).update(session_key=key_of(cookie))
    assert not comes_in(cookie)


def test_without_the_key_in_it_a_copied_session_would_open(settings, clock):
    """Shows that the two tests above have something to find."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    client = SignedClient()
    walk_in(client, with_means(AccountFactory(roles=["case_manager"])))
    assert comes_in(copied_under_a_cookie_of_ones_own(client))


def test_what_a_session_holds_goes_with_it_to_another_key_and_ends_with_it():
    session = SessionStore()
    session["seen"] = True
    session.save()
    before = session.session_key
    session.cycle_key()
    session.save()
    assert (SessionStore(before).load(), SessionStore(session.session_key)["seen"]) == ({}, True)
    assert db.SessionStore(session.session_key).load() == {}
    after = session.session_key
    session.flush()
    assert (session.session_key, SessionStore(after).load()) == (None, {})


@pytest.mark.parametrize("change", [lambda cookie: cookie[:-1] + ("A" if cookie[-1] != "A" else "B"), lambda cookie: "x" + cookie])
def test_a_cookie_that_was_changed_is_no_cookie(client, manager, change):
    assert key_of(change(client.cookies[NAME].value)) is None
    assert not comes_in(change(client.cookies[NAME].value))


@pytest.mark.parametrize("cookie", ["", ":", "a" * 32, "a" * 32 + ":", None])
def test_what_nobody_signed_has_no_key(cookie):
    assert key_of(cookie) is None


def test_signing_in_gives_another_cookie_and_the_old_one_is_void(client):
    client.get("/account/login/")
    session = client.session  # as of somebody who came by before
    session["seen"] = True
    session.save()
    before = client.cookies[NAME].value
    walk_in(client, with_means(AccountFactory(roles=["case_manager"])))
    assert client.cookies[NAME].value != before
    assert (comes_in(before), comes_in(client.cookies[NAME].value)) == (False, True)


def test_after_signing_out_the_cookie_opens_nothing(client, manager):
    kept = client.cookies[NAME].value
    client.post("/account/logout/")
    assert client.cookies[NAME].value != kept
    assert not comes_in(kept)


def test_after_a_change_of_the_secret_key_the_former_one_still_opens_where_it_is_named(client, manager):
    former = settings.SECRET_KEY
    cookie = client.cookies[NAME].value
    with override_settings(SECRET_KEY="another" * 9, SECRET_KEY_FALLBACKS=[former]):
        assert key_of(cookie) == client.session.session_key
    assert signed("a" * 32) != signed("b" * 32)
