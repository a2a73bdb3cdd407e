"""Limits on guessing hold over all processes, and nobody is locked out by strangers for long."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from shared.models import OutboxMessage
from tests.people.elsewhere import elsewhere
from tests.people.factories import UserFactory

LOGIN, PASSWORD = "/account/login/", "/account/login/wachtwoord/"

ASK_TWICE = """
from django.test import Client
for _ask in range(2):
    print(Client().post("/account/login/", {{"email": "{address}"}}).status_code)
"""


def test_two_processes_share_the_count_of_codes_asked(own_database):
    ask_twice = ASK_TWICE.format(address=f"{uuid4().hex}@school.demo")
    assert elsewhere(ask_twice, own_database) == ["302", "302"]
    assert elsewhere(ask_twice, own_database) == ["302", "200"]


@pytest.mark.django_db
def test_a_fourth_code_within_a_minute_is_refused_with_a_reason_and_the_address_stays_typed(client):
    for _ask in range(3):
        client.post(LOGIN, {"email": "nieuw@school.demo"})
    page = client.post(LOGIN, {"email": "nieuw@school.demo", "next": "/vormingen/"})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"email"}
    assert page.context["next"] == "/vormingen/"
    assert 'value="nieuw@school.demo"' in page.content.decode()
    assert OutboxMessage.objects.count() == 3


@pytest.mark.django_db
def test_the_limit_holds_when_many_others_come_in_between(client):
    """A cache that is full drops a third of its rows, those that come first in the alphabet, whether they are over or not."""
    for _ask in range(3):
        client.post(LOGIN, {"email": "nieuw@school.demo"})
    for number in range(310):
        cache.set(f"somebody-else-{number}", 1, 60)
    assert client.post(LOGIN, {"email": "nieuw@school.demo"}).status_code == 200
    assert OutboxMessage.objects.count() == 3


@pytest.mark.django_db
def test_the_limit_is_per_address_and_per_network(client):
    for number in range(20):
        assert client.post(LOGIN, {"email": f"iemand{number}@school.demo"}).status_code == 302
    assert client.post(LOGIN, {"email": "nog.iemand@school.demo"}).status_code == 200
    assert client.post(LOGIN, {"email": "nog.iemand@school.demo"}, REMOTE_ADDR="10.0.0.2").status_code == 302


@pytest.mark.django_db
def test_guessing_a_password_stops_after_five_and_leaves_the_other_doors_open(client):
    """Outsiders can close the door of the password for five minutes; the code by mail and the passkey stay open."""
    user = UserFactory()
    user.set_password("een lang wachtwoord")
    user.save()
    for _guess in range(5):
        client.post(PASSWORD, {"login": user.email, "password": "fout"})
    closed = client.post(PASSWORD, {"login": user.email, "password": "een lang wachtwoord"})
    assert closed.status_code == 200
    assert Client().post(LOGIN, {"email": user.email}).status_code == 302


@pytest.mark.django_db
def test_who_guesses_at_many_accounts_is_stopped_by_the_network_address(client):
    for number in range(10):
        client.post(PASSWORD, {"login": f"iemand{number}@school.demo", "password": "fout"})
    user = UserFactory()
    user.set_password("een lang wachtwoord")
    user.save()
    typed = {"login": user.email, "password": "een lang wachtwoord"}
    assert client.post(PASSWORD, typed).status_code == 200
    assert client.post(PASSWORD, typed, REMOTE_ADDR="10.0.0.2").status_code == 302
