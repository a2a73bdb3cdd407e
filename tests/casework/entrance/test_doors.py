"""No page of casework is open to a stranger but the sign-in."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/aanmeldingen/", "/logboek/", "/wat-niet-bestaat/", "/account/2fa/"])
def test_a_stranger_is_sent_to_the_sign_in(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")


def test_the_sign_in_is_open(client):
    assert client.get("/account/login/").status_code == 200


@pytest.mark.parametrize("address", ["/account/signup/", "/account/password/reset/", "/account/email/"])
def test_no_account_is_made_and_nothing_mailed_that_opens_a_door(client, address):
    assert client.get(address).status_code == 404
