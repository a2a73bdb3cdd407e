"""The demonstration's referrals: every state and source, once, and never outside the demonstration."""

import pytest

from casework import access, demo_referrals
from casework.models import AuditEvent, Grant, Referral, UnreadableRow
from tests.casework.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def managers():
    return [AccountFactory(roles=["case_manager"]) for _ in range(2)]


def test_eight_referrals_stand_for_every_state_and_source(settings, managers):
    settings.DEMO = True
    for _time in range(2):
        demo_referrals.load(managers)
    states = set(Referral.objects.values_list("state", flat=True))
    assert (Referral.objects.count(), states) == (8, set(Referral.State.values) - {"expired"})
    assert set(Referral.objects.values_list("source", flat=True)) == set(Referral.Source.values)
    assert [len(access.held_by(user)) for user in managers] == [6, 1]
    assert (Grant.objects.count(), UnreadableRow.objects.count()) == (7, 0)
    assert AuditEvent.objects.exists()


def test_nothing_is_invented_outside_the_demonstration(settings, managers):
    settings.DEMO = False
    demo_referrals.load(managers)
    assert not Referral.objects.exists()
