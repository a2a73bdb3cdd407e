"""Somebody who puts the own address beside a colleague is told so, before anything is sent."""

import pytest

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.test_booking_flow import address, names, typed
from trainings.models import Booking

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_own_address_at_a_colleague_is_told_before_a_code_is_asked_for(client, signed_in):
    if signed_in:
        client.force_login(UserFactory(email="noor@school.demo"))
    more = {} if signed_in else {"email": "noor@school.demo"}
    page = client.post(address(SessionFactory()), typed(**more | {"colleagues-0-email": "NOOR@school.demo"}))
    assert "Dit is je eigen adres" in page.content.decode()
    assert (Booking.objects.count(), OutboxMessage.objects.count()) == (0, 0)
    assert 'value="Bert"' in page.content.decode()


def test_the_own_address_at_a_colleague_is_right_for_who_takes_no_part(client):
    client.force_login(UserFactory(email="noor@school.demo"))
    client.post(address(SessionFactory()), {**typed(**{"colleagues-0-email": "noor@school.demo"}), "takes_part": ""})
    assert names() == ["Bert"]
