"""Limits on guessing hold over all processes, and nobody is locked out by strangers for long."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from shared.models import OutboxMessage
from tests.people.factories import UserFactory

ROOT = Path(__file__).resolve().parents[2]
LOGIN, PASSWORD = "/account/login/", "/account/login/wachtwoord/"

ASK_TWICE = """
import django; django.setup()
from django.test import Client
for _ask in range(2):
    answer = Client().post("/account/login/", {"email": "bekend@school.demo"})
    print(answer.status_code)
"""


def elsewhere(code: str) -> list[str]:
    """What this code prints in a process of its own, on the same database and cache."""
    database = {"EXPOR_DATABASE_URL": _address()} if connection.vendor != "sqlite" else {}
    environment = (
        os.environ
        | database
        | {
            "DJANGO_SETTINGS_MODULE": "tests.settings.public",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
    )
    if connection.vendor == "sqlite":
        environment["EXPOR_DATABASE_URL"] = f"sqlite:///{connection.settings_dict['NAME']}"
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def _address() -> str:
    config = connection.settings_dict
    return f"postgres://{config['USER']}@{config['HOST']}:{config['PORT'] or 5432}/{config['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_two_processes_share_the_count_of_codes_asked():
    UserFactory(email="bekend@school.demo")
    here = [Client().post(LOGIN, {"email": "bekend@school.demo"}).status_code for _ask in range(2)]
    assert here == [302, 302]
    assert elsewhere(ASK_TWICE) == ["302", "200"]
    assert OutboxMessage.objects.count() == 3


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
