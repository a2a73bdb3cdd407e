"""A code that is mailed is of use for a quarter of an hour, and is not mailed after it; a notice is."""

from datetime import timedelta

import pytest

from shared.models import OutboxMessage
from tests.people.codes import mailed_code
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


def valid_for(kind: str) -> timedelta | None:
    """How long the only message of this kind may wait; None where it may wait as long as it takes."""
    message = OutboxMessage.objects.get(kind=f"account-email-{kind}")
    return message.expires_at and timedelta(minutes=round((message.expires_at - message.created_at).total_seconds() / 60))


def test_a_code_to_sign_in_is_not_mailed_after_its_time(client):
    client.post("/account/login/", {"email": UserFactory().email})
    assert valid_for("login_code") == QUARTER


def test_a_code_for_a_forgotten_password_is_not_mailed_after_its_time(client):
    client.post("/account/password/reset/", {"email": UserFactory().email})
    assert valid_for("password_reset_code") == QUARTER


def test_a_code_that_proves_an_address_is_not_mailed_after_its_time_and_the_notice_about_it_is(client):
    client.force_login(UserFactory(email="oud@school.demo"))
    client.post("/account/email/", {"email": "nieuw@school.demo", "action_add": "1"})
    client.post("/account/confirm-email/", {"code": mailed_code("nieuw@school.demo")})
    assert (valid_for("email_confirmation"), valid_for("email_changed")) == (QUARTER, None)
