"""A grant is made for who is a case manager at that moment, whatever the request remembers of them."""

from uuid import uuid4

import pytest
from django.utils import timezone

from casework import access
from casework.entrance import accounts, granting
from casework.models import Grant, Handover, Referral
from casework.referrals import handing
from casework.referrals.recording import record_referral
from casework.referrals.refusals import NotACaseManager
from casework.referrals.taking import take_referral
from people.models import User
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db


def end(user):
    accounts.end(User.objects.get(pk=user.pk), by=AccountFactory(roles=["administrator"]))


def become_administrator(user):
    accounts.give_roles(User.objects.get(pk=user.pk), ["administrator"], by=AccountFactory(roles=["administrator"]))


lost = pytest.mark.parametrize("lose", [end, become_administrator])


@pytest.fixture
def stale():
    """A case manager as their request remembers them."""
    user = AccountFactory(roles=["case_manager"])
    assert access.has_role(user, "case_manager")
    return user


@lost
def test_who_lost_the_role_meanwhile_takes_nothing(stale, lose):
    referral = ReferralFactory()
    lose(stale)
    with pytest.raises(NotACaseManager):
        take_referral(referral, by=stale)
    assert (Referral.objects.get().state, Grant.objects.count()) == ("submitted", 0)


@lost
def test_who_lost_the_role_meanwhile_records_nothing(stale, lose):
    facts = {
        "form_key": uuid4(),
        "source": "phone",
        "day": timezone.localdate(),
        "sector": "onderwijs",
        "words": {"worry": "Stil."},
    }
    lose(stale)
    with pytest.raises(NotACaseManager):
        record_referral(**facts, by=stale)
    assert (Referral.objects.count(), Grant.objects.count()) == (0, 0)


@lost
@pytest.mark.parametrize("way", ["at once", "accepted"])
def test_who_lost_the_role_meanwhile_is_handed_nothing(stale, lose, way, monkeypatch):
    giver = AccountFactory(roles=["case_manager"])
    referral = ReferralFactory(manager=giver)
    asked = handing.ask_colleague(referral, to=stale, note="", by=giver) if way == "accepted" else None
    found = access.case_managers()
    monkeypatch.setattr(access, "case_managers", lambda: found)  # read a moment before
    lose(stale)
    with pytest.raises(NotACaseManager):
        if asked:
            handing.accept_handover(asked, by=stale)
        else:
            handing.hand_over(referral, to=stale, note="", by=giver)
    assert Grant.objects.get(ended_at=None).user == giver
    assert list(Handover.objects.values_list("state", flat=True)) == (["asked"] if asked else [])


def test_the_account_is_locked_before_it_is_asked(stale, monkeypatch):
    """So that an end of the account at the same moment waits, or is seen."""
    steps = []
    ask = accounts.is_one_of
    monkeypatch.setattr(accounts, "lock", lambda user: steps.append("locked"))
    monkeypatch.setattr(accounts, "is_one_of", lambda *args: (steps.append("asked"), ask(*args))[1])
    granting.give(ReferralFactory(), stale, by=stale)
    assert steps == ["locked", "asked"]
