"""Passkeys: added on a page of the account, enough to sign in alone, and a second factor of the team."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.people.codes import mailed_code
from tests.people.factories import UserFactory
from tests.people.passkey import Passkey, options_for_login, options_of
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db

ADD, LOGIN = "/account/2fa/webauthn/add/", "/account/2fa/webauthn/login/"


def add(client, *, proved=True, **more):
    """A passkey for who is signed in, and the answer of the page."""
    passkey = Passkey()
    asked = options_of(client.get(ADD))
    return passkey, client.post(ADD, {"name": "Laptop van 't werk", "credential": passkey.make(asked, proved=proved), **more})


@pytest.fixture
def partner(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_page_asks_the_device_for_a_key_that_can_do_alone(client, partner):
    asked = options_of(client.get(ADD))["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"] == {"id": "testserver", "name": "EXPO-R"}


def test_a_passkey_is_added_and_signs_in_alone_and_goes_on_to_next(client, partner):
    passkey, answer = add(client)
    assert answer.url == "/account/2fa/recovery-codes/"
    assert str(Authenticator.objects.get(type="webauthn")) == "Laptop van 't werk"
    visitor = Client()
    credential = passkey.sign(options_for_login(visitor))
    assert visitor.post(LOGIN, {"credential": credential, "next": "/vormingen/"}).url == "/vormingen/"
    assert visitor.session["_auth_user_id"] == str(partner.pk)


def test_a_passkey_of_the_team_is_enough_as_second_factor(client):
    user = UserFactory(groups=["Organisatoren"])
    client.force_login(user)
    passkey, answer = add(client, next="/cms/")
    assert answer.url == "/account/2fa/recovery-codes/?next=%2Fcms%2F"
    assert client.get("/account/").status_code == 200
    visitor = Client()
    visitor.post(LOGIN, {"credential": passkey.sign(options_for_login(visitor))})
    assert visitor.get("/account/").status_code == 200


def test_after_a_mailed_code_the_passkey_is_the_second_step(client):
    user = UserFactory(groups=["Organisatoren"])
    client.force_login(user)
    passkey, _answer = add(client)
    visitor = Client()
    visitor.post("/account/login/", {"email": user.email, "next": "/cms/"})
    step = visitor.post("/account/login/code/confirm/", {"code": mailed_code(user.email), "next": "/cms/"})
    asked = options_of(visitor.get(step.url))
    assert visitor.post(step.url, {"credential": passkey.sign(asked)}).url == "/cms/"
    assert visitor.get("/account/").status_code == 200


def test_a_session_that_has_not_proved_it_can_with_the_passkey(client):
    user = UserFactory(groups=["Organisatoren"])
    client.force_login(user)
    passkey, _answer = add(client)
    other = Client()
    other.force_login(user)
    path = "/account/2fa/webauthn/reauthenticate/"
    credential = passkey.sign(options_of(other.get(path)))
    assert other.post(path, {"credential": credential, "next": "/cms/"}).url == "/cms/"
    assert other.get("/account/").status_code == 200


def test_a_key_without_finger_face_or_pin_is_not_added(client, partner):
    _passkey, answer = add(client, proved=False)
    assert answer.status_code == 200
    assert Authenticator.objects.count() == 0


def test_a_key_without_finger_face_or_pin_does_not_sign_in_alone(client, partner):
    passkey, _answer = add(client)
    visitor = Client()
    visitor.post(LOGIN, {"credential": passkey.sign(options_for_login(visitor), proved=False)})
    assert "_auth_user_id" not in visitor.session


def test_an_answer_counts_once_and_only_for_its_own_question(client, partner):
    passkey, _answer = add(client)
    visitor = Client()
    credential = passkey.sign(options_for_login(visitor))
    for one in (Client(), visitor):
        if one is not visitor:
            options_for_login(one)
        one.post(LOGIN, {"credential": credential})
    assert visitor.session["_auth_user_id"] == str(partner.pk)
    visitor.post("/account/logout/")
    options_for_login(visitor)
    answer = visitor.post(LOGIN, {"credential": credential, "next": "/vormingen/"})
    assert answer.url == "/account/login/?next=%2Fvormingen%2F"
    assert "_auth_user_id" not in visitor.session


def test_a_removed_passkey_no_longer_signs_in_and_says_so(client, partner):
    passkey, _answer = add(client)
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.post(f"/account/2fa/webauthn/keys/{pk}/remove/").status_code == 302
    visitor = Client()
    page = visitor.post(LOGIN, {"credential": passkey.sign(options_for_login(visitor))}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "Deze passkey werkte niet. Probeer opnieuw, of kies een andere manier."
    ]


def test_the_last_passkey_of_the_team_stays(client):
    client.force_login(UserFactory(groups=["Organisatoren"]))
    add(client)
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.post(f"/account/2fa/webauthn/keys/{pk}/remove/").url == "/account/2fa/"
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_passkeys_of_others_are_not_there(client, partner):
    add(client)
    pk = Authenticator.objects.get(type="webauthn").pk
    stranger = Client()
    sign_in(stranger, UserFactory())
    assert stranger.get(f"/account/2fa/webauthn/keys/{pk}/edit/").status_code == 404
    assert stranger.post(f"/account/2fa/webauthn/keys/{pk}/remove/").status_code == 404


def test_a_passkey_can_be_renamed(client, partner):
    add(client)
    key = Authenticator.objects.get(type="webauthn")
    client.post(f"/account/2fa/webauthn/keys/{key.pk}/edit/", {"name": "D'n oude gsm"})
    assert str(Authenticator.objects.get(pk=key.pk)) == "D'n oude gsm"
