"""Who the person is: never needed, given by the referrer only, and empty once it is taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from casework.models import AuditEvent, SubjectIdentity
from casework.referrals import closing, identity
from casework.referrals.passage import bring
from casework.referrals.refusals import NoIdentity, NotYours, WithoutReferrer
from casework.referrals.writing import give_advice
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import read_with

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def referral(manager, receipt):
    return ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)


def test_i1_a_referral_is_closed_without_any_identity(referral, manager):
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    assert closing.close_with_advice(referral, unanswered=True, by=manager).state == "advised_closed"
    assert not SubjectIdentity.objects.exists()


def test_i2_the_case_manager_records_the_words_of_the_referrer_with_day_and_means(referral, manager):
    for day, means in ((None, "phone"), (TODAY(), "code"), (TODAY(), ""), (TODAY() + timedelta(days=1), "phone")):
        with pytest.raises(WithoutReferrer):
            identity.offer_identity(referral, {"name": "Yassine"}, day=day, means=means, by=manager)
    subject = identity.offer_identity(referral, {"name": "Yassine"}, day=TODAY(), means="phone", by=manager)
    assert (subject.state, subject.means, subject.recorded_by) == ("offered", "phone", manager)


def test_i2_nobody_else_offers_an_identity(referral):
    with pytest.raises(NotYours):
        other = AccountFactory(roles=["case_manager"])
        identity.offer_identity(referral, {"name": "Yassine"}, day=TODAY(), means="phone", by=other)


def test_i2_the_database_wants_to_know_who_recorded_it(referral):
    with pytest.raises(IntegrityError):
        SubjectIdentity.objects.create(referral=referral, means="phone", identity={"name": "Yassine"})


def test_an_identity_is_held_and_the_referrer_hears_it(referral, manager, receipt):
    with pytest.raises(NoIdentity):
        identity.hold_identity(referral, by=manager)
    identity.put(referral, {"name": "Yassine"}, day=TODAY())
    assert identity.hold_identity(referral, by=manager).state == "held"
    bring()
    assert read_with(receipt) == [{"kind": "status", "state": "identity_held"}]


@pytest.mark.parametrize("held", [False, True])
def test_an_identity_that_is_taken_back_is_empty(referral, manager, held):
    identity.put(referral, {"name": "Yassine"}, day=TODAY())
    if held:
        identity.hold_identity(referral, by=manager)
    identity.withdraw_identity(referral, day=TODAY(), means="visit", by=manager)
    subject = SubjectIdentity.objects.get()
    assert (subject.state, subject.identity) == ("withdrawn", {})
    assert AuditEvent.objects.order_by("number").last().action == "identity_withdrawn"


def test_what_was_released_is_not_taken_back_any_more(referral, manager):
    subject = identity.put(referral, {"name": "Yassine"}, day=TODAY())
    subject.state = "released"
    subject.save()
    with pytest.raises(NoIdentity):
        identity.withdraw_identity(referral, day=TODAY(), means="phone", by=manager)


def test_an_identity_can_be_given_again_after_it_was_taken_back(referral, manager):
    identity.put(referral, {"name": "Yassine"}, day=TODAY())
    identity.withdraw_identity(referral, day=TODAY(), means="phone", by=manager)
    identity.offer_identity(referral, {"name": "Yasin"}, day=TODAY(), means="phone", by=manager)
    subject = SubjectIdentity.objects.get()
    assert (subject.state, subject.identity) == ("offered", {"name": "Yasin"})
