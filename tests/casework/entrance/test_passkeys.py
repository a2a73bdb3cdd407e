"""Passkeys in casework: enough to sign in and to unlock, and nothing without the seal."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from casework.models import AccountSeal
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import SEED, walk_in, with_means
from tests.people.codes import app_code
from tests.people.passkey import Passkey, options_for_login, options_of

pytestmark = pytest.mark.django_db
ADD, LOGIN, UNLOCK = "/account/2fa/webauthn/add/", "/account/2fa/webauthn/login/", "/account/vergrendeld/"


@pytest.fixture
def manager(client, clock):
    user = with_means(AccountFactory(roles=["case_manager"]))
    walk_in(client, user)
    clock.go_on(minutes=2)
    client.post("/account/2fa/reauthenticate/", {"code": app_code(SEED)})
    return user


@pytest.fixture
def passkey(client, manager):
    passkey = Passkey()
    client.post(ADD, {"name": "Laptop", "credential": passkey.make(options_of(client.get(ADD)))})
    return passkey


def signed_in(passkey) -> Client:
    visitor = Client()
    visitor.post(LOGIN, {"credential": passkey.sign(options_for_login(visitor))})
    return visitor


def test_a_passkey_that_its_owner_added_is_sealed_and_signs_in(client, passkey):
    assert client.get("/").status_code == 200
    assert signed_in(passkey).get("/").status_code == 200


def test_renaming_it_does_not_break_the_seal(client, passkey):
    pk = Authenticator.objects.get(type="webauthn").pk
    client.post(f"/account/2fa/webauthn/keys/{pk}/edit/", {"name": "Toestel"})
    assert client.get("/").status_code == 200


def test_removing_it_is_sealed(client, passkey):
    pk = Authenticator.objects.get(type="webauthn").pk
    client.post(f"/account/2fa/webauthn/keys/{pk}/remove/")
    assert Authenticator.objects.filter(type="webauthn").count() == 0
    assert client.get("/").status_code == 200


def test_a_passkey_moved_to_another_account_in_the_database_opens_nothing(passkey):
    other = with_means(AccountFactory(roles=["case_manager"]))
    Authenticator.objects.filter(type="webauthn").update(user=other)
    passkey.owner = str(other.pk).encode()
    assert signed_in(passkey).get("/").url.startswith("/account/login/")


def test_without_its_seal_an_account_is_not_opened_by_its_passkey(passkey, manager):
    AccountSeal.objects.filter(user=manager).delete()
    assert signed_in(passkey).get("/").url.startswith("/account/login/")


def test_a_passkey_unlocks(client, clock, passkey):
    clock.go_on(minutes=16)
    page = client.get("/", follow=True)
    assert page.request["PATH_INFO"] == UNLOCK
    answer = client.post(UNLOCK, {"credential": passkey.sign(options_of(page)), "next": "/"})
    assert answer.url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("credential", ["", "{}", "geen JSON", "[]"])
def test_what_is_no_passkey_unlocks_nothing(client, clock, passkey, credential):
    clock.go_on(minutes=16)
    client.get("/")
    assert client.post(UNLOCK, {"credential": credential, "next": "/"}).status_code == 200
    assert client.get("/").url.startswith(UNLOCK)
