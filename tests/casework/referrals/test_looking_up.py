"""A name is found however it is spelled, among one's own referrals only."""

import pytest

from casework.models import AuditEvent, Entry, Referral, Referrer, SubjectIdentity
from casework.referrals.looking_up import look_up
from tests.casework.cost import with_audit
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(manager):
    referral = ReferralFactory(manager=manager, words={"worry": "Mohammed zit vaak alleen."})
    SubjectIdentity.objects.create(referral=referral, identity={"name": "Yassine El Amrani"})
    Referrer.objects.create(referral=referral, identity={"name": "Els Janssens"})
    ReferralFactory(manager=manager, words={"worry": "Iets heel anders."})
    return referral


def found(name, by) -> list:
    return [(hit.referral.pk, hit.in_words, hit.in_closed_part) for hit in look_up(name, by=by)]


@pytest.mark.parametrize("name", ["Mohammed", "mohamed", "Mohamad", "MUHAMMED"])
def test_a_name_in_the_words_is_found_however_it_is_spelled(referral, manager, name):
    assert found(name, manager) == [(referral.pk, True, False)]


@pytest.mark.parametrize("name", ["Yassine", "Yasine", "yassin el amrani", "Amrani", "Els Jansens", "Yassine El Amrány"])
def test_a_name_in_a_closed_part_is_found_too(referral, manager, name):
    assert found(name, manager) == [(referral.pk, False, True)]


@pytest.mark.parametrize("name", ["Pieter", "Moh", "Yassine Janssens", " ", "-", "Iets anders dan dit"])
def test_what_is_not_alike_is_not_found(referral, manager, name):
    assert found(name, manager) == []


def test_i3_nothing_is_found_in_the_referrals_of_others(referral):
    other = AccountFactory(roles=["case_manager"])
    ReferralFactory(words={"worry": "Mohammed."})  # not taken by anybody
    assert found("Mohammed", other) == []


def test_the_look_up_is_on_record_without_the_name(referral, manager):
    look_up("Mohammed", by=manager)
    event = AuditEvent.objects.order_by("number").last()
    assert (event.action, event.actor, event.object, event.detail) == ("looked_up", manager.pk, "", '{"hits":1}')


@pytest.mark.parametrize("n", [1, 3])
def test_looking_up_costs_the_same_for_one_and_for_three(manager, n, django_assert_num_queries):
    for _number in range(n):
        referral = ReferralFactory(manager=manager)
        Referrer.objects.create(referral=referral, identity={"name": "Els"})
        Entry.objects.create(referral=referral, kind="note", by=manager, text={"text": "Els"})
    assert Referral.objects.count() == n
    with django_assert_num_queries(with_audit(10)):
        assert len(look_up("Els", by=manager)) == n
