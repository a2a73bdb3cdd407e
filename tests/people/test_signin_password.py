"""Signing in with a password, and having a new one."""

import pytest
from django.test import Client

from tests.people.codes import mailed_code
from tests.people.factories import UserFactory
from tests.people.signing_in import ask, bare, signed_in

pytestmark = pytest.mark.django_db

CODE = "/account/login/code/confirm/"


def test_a_password_signs_in_too_even_while_a_code_waits(client):
    user = UserFactory()
    user.set_password("een lang wachtwoord")
    user.save()
    ask(client, user.email)
    assert client.get("/account/login/wachtwoord/").status_code == 200
    client.post("/account/login/wachtwoord/", {"login": user.email, "password": "een lang wachtwoord"})
    assert signed_in(client) == str(user.pk)


def test_a_wrong_password_and_an_unknown_address_read_the_same():
    user = UserFactory()
    pages = []
    for address in (user.email, "niemand@school.demo"):
        page = Client().post("/account/login/wachtwoord/", {"login": address, "password": "fout"})
        pages.append(bare(page, address))
    assert pages[0] == pages[1]


def test_forgetting_the_password_reads_the_same_for_all():
    user = UserFactory()
    pages = []
    for address in (user.email, "niemand@school.demo"):
        client = Client()
        asked = client.post("/account/password/reset/", {"email": address})
        pages.append((asked.status_code, asked.url, bare(client.get(asked.url), address)))
    assert pages[0] == pages[1]


def test_a_forgotten_password_is_replaced_with_a_code(client):
    user = UserFactory()
    client.post("/account/password/reset/", {"email": user.email})
    client.post("/account/password/reset/confirm/", {"code": mailed_code(user.email)})
    new = {"password1": "een ander lang wachtwoord", "password2": "een ander lang wachtwoord"}
    done = client.post("/account/password/reset/complete/", new, follow=True)
    assert done.status_code == 200
    user.refresh_from_db()
    assert user.check_password("een ander lang wachtwoord")
