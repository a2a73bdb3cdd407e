"""A change of what somebody signs in with and the seal over it are one commit: if something breaks between, neither stays."""

from contextlib import nullcontext

import pytest
from allauth.mfa.models import Authenticator

from casework.entrance import sealed_accounts, seals
from casework.log import audit
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


def test_without_one_commit_the_seal_would_be_left_broken(client, manager, monkeypatch):
    """Shows that the test above has something to find."""
    monkeypatch.setattr(sealed_accounts.transaction, "atomic", nullcontext)
    monkeypatch.setattr(seals, "seal_account", _break)
    change_password(client)
    monkeypatch.undo()
    assert not seals.account_holds(manager)
