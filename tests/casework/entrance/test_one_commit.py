"""A change of what somebody signs in with and the seal over it are one commit: if something breaks between, neither stays."""

from contextlib import nullcontext

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.urls import resolve, reverse

from casework.entrance import city_sign_in, sealed_accounts, seals
from casework.entrance.bound_sessions import SessionStore
from casework.entrance.refusals import SealBroken
from casework.log import audit
from casework.models import AccountSeal, AuditEvent, Role
from people.models import User
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import PASSWORD, SEED, walk_in, with_means
from tests.people.codes import app_code
from tests.people.passkey import Passkey, options_of

pytestmark = pytest.mark.django_db
NEW = "nog een lang wachtwoord"
ADD = "/account/2fa/webauthn/add/"


def change_password(client):
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


def make_codes(client):
    client.post("/account/2fa/recovery-codes/generate/")


def drop_app(client):
    client.post("/account/2fa/totp/deactivate/")


def add_passkey(client):
    client.post(ADD, {"name": "Laptop", "credential": Passkey().make(options_of(client.get(ADD)))})


def remove_passkey(client):
    client.post(f"/account/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/remove/")


CHANGES = [change_password, make_codes, drop_app, add_passkey, remove_passkey]
on_each_change = pytest.mark.parametrize("change", CHANGES)


@pytest.fixture
def manager(client, clock):
    user = with_means(AccountFactory(roles=["case_manager"]))
    walk_in(client, user)
    clock.go_on(minutes=2)
    client.post("/account/2fa/reauthenticate/", {"code": app_code(SEED)})
    add_passkey(client)  # who has one more way in may drop one
    client.raise_request_exception = False
    return user


def facts(user) -> tuple:
    means = Authenticator.objects.filter(user=user).order_by("pk").values_list("type", "data")
    return User.objects.get(pk=user.pk).password, list(means)


@on_each_change
def test_a_change_of_ones_own_is_sealed(client, manager, change):
    before = facts(manager)
    change(client)
    assert (facts(manager) != before, seals.account_holds(manager)) == (True, True)


@on_each_change
@pytest.mark.parametrize("broken", [(seals, "seal_account"), (audit, "record")], ids=["no seal", "no record"])
def test_where_the_seal_or_the_record_fails_nothing_is_changed(client, manager, monkeypatch, change, broken):
    before = facts(manager)
    monkeypatch.setattr(*broken, _break)
    change(client)
    monkeypatch.undo()
    assert facts(manager) == before
    assert seals.account_holds(manager)


def _break(*args, **kwargs):
    raise RuntimeError


def row(user):
    return User.objects.filter(pk=user.pk)


# What somebody writes into the database while a page of the own account is at work, and what no such page may change.
WRITINGS = {
    "role": lambda user: Role.objects.create(user=user, kind="administrator"),
    "link": lambda user: SocialAccount.objects.create(user=user, provider="stad", uid="1"),
    "superuser": lambda user: row(user).update(is_superuser=True),
    "staff": lambda user: row(user).update(is_staff=True),
    "address": lambda user: row(user).update(email="ander@expo-r.demo"),
}
on_each_writing = pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)


def while_at_work(monkeypatch, write) -> None:
    """Writes as soon as the page of a password, or of the recovery codes, was left by its view."""
    for name in ("account_change_password", "mfa_generate_recovery_codes"):
        view = resolve(reverse(name)).func.__wrapped__
        monkeypatch.setattr(view.view_class, "dispatch", _and_then(view.view_class.dispatch, write))


def _and_then(dispatch, write):
    def dispatched(self, request, *args, **kwargs):
        response = dispatch(self, request, *args, **kwargs)
        write(request.user)
        return response

    return dispatched


def fail_to_change(client):
    client.post("/account/password/change/", {"oldpassword": "fout", "password1": NEW, "password2": NEW})


@on_each_writing
@pytest.mark.parametrize("change", [change_password, make_codes, fail_to_change])
def test_what_is_written_past_the_application_meanwhile_is_not_sealed(client, manager, monkeypatch, write, change):
    before, seal = facts(manager), AccountSeal.objects.get(user=manager).mac
    session, cookie = client.session.session_key, client.cookies[settings.SESSION_COOKIE_NAME].value
    while_at_work(monkeypatch, write)
    change(client)
    assert (facts(manager), AccountSeal.objects.get(user=manager).mac) == (before, seal)
    assert actions() == ["refused_broken_seal"]
    assert not Session.objects.filter(pk=session).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    page = client.get("/")
    assert page.url.startswith("/account/login/")
    assert list(get_messages(client.get(page.url).wsgi_request)) == []


def actions() -> list[str]:
    """What went on record about who changes something, without the way in."""
    return list(AuditEvent.objects.filter(kind="user").exclude(number__lte=_known()).values_list("action", flat=True))


def _known() -> int:
    # The fixture adds a passkey, which is on record.
    return AuditEvent.objects.filter(action="changed_own_sign_in").order_by("number").values_list("number", flat=True)[0]


@pytest.mark.parametrize("change", [change_password, make_codes, fail_to_change])
def test_a_password_that_somebody_else_writes_meanwhile_is_not_sealed(client, manager, monkeypatch, change):
    before = facts(manager)
    while_at_work(monkeypatch, lambda user: row(user).update(password=make_password("dat van een ander")))
    change(client)
    assert (facts(manager), seals.account_holds(manager), actions()) == (before, True, ["refused_broken_seal"])


def test_who_changes_nothing_is_not_sealed_anew(client, manager):
    seal = AccountSeal.objects.get(user=manager).made_at
    fail_to_change(client)
    assert (AccountSeal.objects.get(user=manager).made_at, actions()) == (seal, [])
    assert client.get("/account/").status_code == 200


def test_an_account_whose_seal_breaks_on_the_way_to_the_view_is_not_sealed(client, manager, monkeypatch):
    monkeypatch.setattr(sealed_accounts, "holds", lambda user: True)  # as it was a moment ago
    Role.objects.create(user=manager, kind="administrator")
    change_password(client)
    assert (seals.account_holds(manager), actions()) == (False, ["refused_broken_seal"])


@pytest.mark.parametrize("name", ["role", "superuser", "staff", "address"])
def test_the_end_of_a_link_seals_nothing_else(rf, manager, name):
    SocialAccount.objects.create(user=manager, provider="stad", uid="own")
    seals.seal_account(manager)
    with pytest.raises(SealBroken), sealed_accounts.own_change(_request(rf, manager), seals.LINK):
        city_sign_in.unlink(manager)
        WRITINGS[name](manager)
    assert (city_sign_in.is_linked(manager), seals.account_holds(manager)) == (True, True)
    with sealed_accounts.own_change(_request(rf, manager), seals.LINK):
        city_sign_in.unlink(manager)
    assert (city_sign_in.is_linked(manager), seals.account_holds(manager)) == (False, True)


def _request(rf, user):
    request = rf.post("/")
    request.session = SessionStore()
    request.session.save()
    request.user = user
    return request


def test_without_one_commit_the_seal_would_be_left_broken(client, manager, monkeypatch):
    """Shows that the test above has something to find."""
    monkeypatch.setattr(sealed_accounts.transaction, "atomic", nullcontext)
    monkeypatch.setattr(seals, "seal_account", _break)
    change_password(client)
    monkeypatch.undo()
    assert not seals.account_holds(manager)
