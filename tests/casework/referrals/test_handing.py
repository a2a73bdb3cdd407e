"""Handing over: asked or at once, on record on both sides, and never two case managers."""

import pytest
from django.http import Http404

from casework import access
from casework.access import open_referral
from casework.entrance.seals import grant_holds
from casework.log import audit
from casework.models import AuditEvent, Entry, Grant, Handover
from casework.referrals import handing
from casework.referrals.refusals import AskedAlready, NotACaseManager, NotAskedAnyMore, NotYours
from casework.referrals.writing import write_note
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return AccountFactory(roles=["case_manager"])


@pytest.fixture
def colleague():
    return AccountFactory(roles=["case_manager"])


@pytest.fixture
def referral(giver):
    return ReferralFactory(manager=giver)


def holder(referral):
    return Grant.objects.get(referral=referral, ended_at=None).user


def test_handing_over_ends_the_grant_of_the_giver_at_once(referral, giver, colleague):
    open_referral(referral.pk, by=giver)
    handing.hand_over(referral, to=colleague, note="Bel op dinsdag.", by=giver)
    with pytest.raises(Http404):
        open_referral(referral.pk, by=giver)
    with pytest.raises(NotYours):
        write_note(referral, text="Nog iets.", by=giver)
    assert open_referral(referral.pk, by=colleague).pk == referral.pk
    assert [grant_holds(grant) for grant in Grant.objects.all()] == [True, True]


def test_a_hand_over_is_on_record_on_both_sides(referral, giver, colleague):
    handover = handing.hand_over(referral, to=colleague, note="Bel op dinsdag.", by=giver)
    assert list(handing.waiting_for(colleague)) == [handover]
    handing.accept_handover(handover, by=colleague)
    rows = AuditEvent.objects.order_by("number").values_list("action", "actor")
    assert list(rows) == [("handed_over", giver.pk), ("handover_accepted", colleague.pk)]
    assert Entry.objects.get(kind="handover").text == {"text": "Bel op dinsdag.", "to": str(colleague)}
    assert list(handing.waiting_for(colleague)) == []


def test_a_hand_over_is_not_turned_to_another_referral_in_the_database(referral, giver, colleague):
    handover = handing.ask_colleague(referral, to=colleague, note="Bel op dinsdag.", by=giver)
    Handover.objects.update(referral=ReferralFactory(manager=giver))
    with pytest.raises(NotAskedAnyMore):
        handing.accept_handover(handover, by=colleague)
    Handover.objects.update(referral=referral)
    assert handing.accept_handover(handover, by=colleague).referral == referral


def test_who_hands_on_what_was_handed_over_has_it_no_longer_waiting(referral, giver, colleague):
    handing.hand_over(referral, to=colleague, note="Voor jou.", by=giver)
    third = AccountFactory(roles=["case_manager"])
    handing.hand_over(referral, to=third, note="Of voor jou.", by=colleague)
    assert [list(handing.waiting_for(user).values_list("giver", flat=True)) for user in (colleague, third)] == [[], [colleague.pk]]


@pytest.mark.parametrize("state", ["advised_closed", "redirected", "to_prevention", "withdrawn"])
def test_what_is_closed_is_handed_over_as_well(referral, giver, colleague, state):
    referral.state, referral.erase_on = state, referral.day
    referral.save()
    handing.hand_over(referral, to=colleague, note="", by=giver)
    assert (holder(referral), open_referral(referral.pk, by=colleague).state) == (colleague, state)


def test_a_colleague_who_is_asked_sees_nothing_before_saying_yes(referral, giver, colleague):
    handover = handing.ask_colleague(referral, to=colleague, note="Kan jij?", by=giver)
    with pytest.raises(Http404):
        open_referral(referral.pk, by=colleague)
    handing.accept_handover(handover, by=colleague)
    assert (holder(referral), access.held_by(giver)) == (colleague, [])


def test_a_colleague_who_says_no_leaves_everything_as_it_is(referral, giver, colleague):
    handing.decline_handover(handing.ask_colleague(referral, to=colleague, note="Kan jij?", by=giver), by=colleague)
    assert (holder(referral), Entry.objects.count()) == (giver, 0)


def test_what_is_no_longer_asked_can_not_be_accepted(referral, giver, colleague):
    handover = handing.ask_colleague(referral, to=colleague, note="Kan jij?", by=giver)
    handing.stop_asking(referral, by=giver)
    with pytest.raises(NotAskedAnyMore):
        handing.accept_handover(handover, by=colleague)
    assert holder(referral) == giver


def test_one_colleague_is_asked_at_a_time(referral, giver, colleague):
    handing.ask_colleague(referral, to=colleague, note="Kan jij?", by=giver)
    for verb in (handing.ask_colleague, handing.hand_over):
        with pytest.raises(AskedAlready):
            verb(referral, to=AccountFactory(roles=["case_manager"]), note="Of jij?", by=giver)


def test_only_who_was_asked_answers(referral, giver, colleague):
    handover = handing.ask_colleague(referral, to=colleague, note="Kan jij?", by=giver)
    with pytest.raises(NotAskedAnyMore):
        handing.accept_handover(handover, by=AccountFactory(roles=["case_manager"]))


@pytest.mark.parametrize("kinds", [["administrator"], ["dpo"], []])
def test_a_referral_is_handed_to_case_managers_only(referral, giver, kinds):
    with pytest.raises(NotACaseManager):
        handing.hand_over(referral, to=AccountFactory(roles=kinds), note="", by=giver)


def test_a_referral_is_not_handed_to_oneself(referral, giver):
    with pytest.raises(NotACaseManager):
        handing.hand_over(referral, to=giver, note="", by=giver)


def test_the_mail_to_the_colleague_says_nothing(referral, giver, colleague):
    handing.hand_over(referral, to=colleague, note="Yassine", by=giver)
    [mail] = OutboxMessage.objects.all()
    assert mail.to == colleague.email
    assert not [word for word in ("Yassine", referral.reference, str(referral.pk)) if word in mail.subject + mail.text]


def test_no_note_stands_in_the_log(referral, giver, colleague):
    handing.hand_over(referral, to=colleague, note="Yassine", by=giver)
    rows = "".join(event.detail for event in AuditEvent.objects.all())
    assert ("Yassine" in rows, audit.PLAIN.fullmatch("Yassine Ali")) == (False, None)
