"""Ending an account: nothing opens any more, and no referral is left alone."""

import pytest
from django.db import transaction
from django.http import Http404

from casework.access import open_referral
from casework.entrance import accounts, drafts, invitations, seals
from casework.entrance.refusals import LastOfficer, NotForYou, StillCaseManager
from casework.models import Grant, Invitation, Referral, Role
from casework.referrals import alerts, handing
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.signing_in import try_password, with_means
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db


def closed_referral(manager, state: str = "advised_closed") -> Referral:
    referral = ReferralFactory(manager=manager)
    referral.state, referral.erase_on = state, referral.day
    referral.save()
    return referral


@pytest.fixture
def admin():
    return AccountFactory(roles=["administrator"])


def test_who_leaves_can_open_nothing_from_that_moment(client, admin):
    leaver = sign_in(client, with_means(AccountFactory(roles=["case_manager"])))
    referral = closed_referral(leaver)
    assert open_referral(referral.pk, by=leaver) == referral
    handing.hand_over(referral, to=AccountFactory(roles=["case_manager"]), note="", by=leaver)
    accounts.end(leaver, by=admin)
    assert client.get("/").status_code == 302
    assert try_password(client, leaver).status_code == 200
    leaver = type(leaver).objects.get(pk=leaver.pk)
    with pytest.raises(Http404):
        open_referral(referral.pk, by=leaver)
    assert (leaver.is_active, accounts.roles_of(leaver), seals.account_holds(leaver)) == (False, set(), True)


@pytest.mark.parametrize("referral", [lambda leaver: ReferralFactory(manager=leaver), closed_referral], ids=["open", "closed"])
def test_who_has_referrals_hands_them_over_first(admin, referral):
    leaver = AccountFactory(roles=["case_manager"])
    referral(leaver)
    with pytest.raises(StillCaseManager):
        accounts.end(leaver, by=admin)
    with pytest.raises(StillCaseManager), transaction.atomic():
        accounts.give_roles(leaver, ["administrator"], by=admin)
    leaver.refresh_from_db()
    assert (leaver.is_active, accounts.roles_of(leaver)) == (True, {"case_manager"})
    assert Grant.objects.get(user=leaver).ended_at is None


def test_what_is_erased_keeps_nobody_here(admin):
    leaver = AccountFactory(roles=["case_manager"])
    closed_referral(leaver, Referral.State.EXPIRED)
    accounts.end(leaver, by=admin)
    grant = Grant.objects.get(user=leaver)
    assert (grant.ended_at is not None, seals.grant_holds(grant)) == (True, True)


def test_an_addition_to_what_a_leaver_closed_reaches_who_took_it_over(admin):
    leaver, colleague = (AccountFactory(roles=["case_manager"]) for _ in range(2))
    referral = closed_referral(leaver)
    handing.hand_over(referral, to=colleague, note="", by=leaver)
    accounts.end(leaver, by=admin)
    OutboxMessage.objects.all().delete()
    alerts.something_new(referral)
    assert [message.to for message in OutboxMessage.objects.all()] == [colleague.email]
    assert open_referral(referral.pk, by=colleague) == referral


@pytest.mark.parametrize("roles", [["case_manager"], ["dpo"], []])
def test_only_an_administrator_ends_an_account(roles):
    with pytest.raises(NotForYou):
        accounts.end(AccountFactory(), by=AccountFactory(roles=roles))


def test_nobody_ends_the_own_account(admin):
    with pytest.raises(NotForYou):
        accounts.end(admin, by=admin)


def test_the_last_officer_is_not_ended(admin):
    leaver, last = AccountFactory(roles=["dpo"]), AccountFactory(roles=["dpo"])
    AccountFactory(roles=["dpo"], is_active=False)
    accounts.end(leaver, by=admin)
    with pytest.raises(LastOfficer):
        accounts.end(last, by=admin)
    last.refresh_from_db()
    assert (last.is_active, accounts.roles_of(last)) == (True, {"dpo"})


def test_an_officer_written_into_the_database_is_no_officer_who_stays(admin):
    last = AccountFactory(roles=["dpo"])
    Role.objects.create(user=AccountFactory(), kind="dpo")
    with pytest.raises(LastOfficer):
        accounts.end(last, by=admin)


def test_the_last_officer_stays_one(admin):
    second, last = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["dpo"])
    with pytest.raises(LastOfficer):
        invitations.propose_roles(last, ["case_manager"], by=admin)
    leaver = AccountFactory(roles=["dpo"])
    proposal = invitations.propose_roles(last, ["case_manager"], by=admin)
    accounts.end(leaver, by=admin)
    with pytest.raises(LastOfficer), transaction.atomic():
        invitations.approve(proposal.pk, by=second)
    assert accounts.roles_of(last) == {"dpo"}


def test_what_was_under_way_about_a_leaver_is_taken_back(admin):
    leaver = AccountFactory(roles=["case_manager"])
    invitations.propose_new_sign_in(leaver, by=admin)
    accounts.end(leaver, by=admin)
    assert [proposal.state for proposal in Invitation.objects.all()] == ["withdrawn"]


def test_drafts_of_a_leaver_are_gone(admin, rf):
    leaver = AccountFactory(roles=["case_manager"])
    drafts.save(leaver, "/toegang/", rf.post("/", {"words": "half een zin"}).POST)
    accounts.end(leaver, by=admin)
    assert leaver.drafts.count() == 0


def test_who_left_comes_back_by_a_new_invitation(admin):
    second, leaver = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["case_manager"])
    accounts.end(leaver, by=admin)
    names = {"first_name": "Nadia", "last_name": "Terug"}
    proposal, _one = invitations.invite(email=leaver.email, roles=["case_manager"], by=admin, **names)
    invitations.approve(proposal.pk, by=second)
    user = invitations.accept(proposal.pk, "een lang wachtwoord")
    assert (user, user.is_active, accounts.roles_of(user), seals.account_holds(user)) == (leaver, True, {"case_manager"}, True)
