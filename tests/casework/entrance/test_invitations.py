"""Coming in takes two people and both halves of a code; a row written into the database invites nobody."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from casework.entrance import invitations, seals
from casework.entrance.accounts import roles_of
from casework.entrance.refusals import (
    DecidedAlready,
    NoSuchCode,
    NotForYou,
    ProposedAlready,
    RolesApart,
    SomebodyThere,
    StillCaseManager,
)
from casework.models import AuditEvent, Invitation
from people.models import User
from shared.models import OutboxMessage
from tests.casework.entrance.inviting import WHO, approved, run_out
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.signing_in import with_means
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_an_invitation_takes_two_people_and_a_password(admin, second):
    invitation, halves = approved(admin, second)
    found = invitations.find(email=" sofie@stad.demo ", halves=halves)
    user = invitations.accept(found.pk, "een lang wachtwoord")
    assert (user.email, user.get_full_name(), roles_of(user)) == ("sofie@stad.demo", "Sofie Nieuw", {"case_manager"})
    assert (user.check_password("een lang wachtwoord"), seals.account_holds(user)) == (True, True)
    assert (user.is_staff, user.is_superuser) == (False, False)
    actions = [(event.action, event.actor) for event in AuditEvent.objects.filter(object=str(invitation.pk))]
    assert actions == [("proposed", admin.pk), ("approved", second.pk), ("accepted", user.pk)]


def test_nothing_is_mailed_to_who_is_invited(admin, second):
    approved(admin, second)
    assert list(OutboxMessage.objects.all()) == []


def test_the_database_holds_neither_half(admin, second):
    invitation, halves = approved(admin, second)
    stored = str(Invitation.objects.filter(pk=invitation.pk).values_list())
    assert [half for half in halves if half in stored] == []
    assert seals.half_hash(invitation.pk, halves[0]) in stored


def test_who_proposed_does_not_approve(admin):
    proposal, _half = invitations.invite(**WHO, by=admin)
    with pytest.raises(NotForYou):
        invitations.approve(proposal.pk, by=admin)


def test_the_database_refuses_one_person_for_both(admin, second):
    invitation, _halves = approved(admin, second)
    with pytest.raises(IntegrityError, match="casework_two_people_decide"), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(approved_by=admin)
    with pytest.raises(IntegrityError, match="casework_two_people_decide"), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(approved_by=None)


def test_the_database_refuses_who_it_is_about(admin, second):
    other = AccountFactory(roles=["case_manager"])
    proposal = invitations.propose_roles(other, ["administrator"], by=admin)
    for field in ("proposed_by", "approved_by"):
        with pytest.raises(IntegrityError, match="casework_nobody_decides_about_themselves"), transaction.atomic():
            Invitation.objects.filter(pk=proposal.pk).update(**{field: other})


@pytest.mark.parametrize("roles", [["dpo"], []])
def test_only_administrators_propose_and_only_they_and_case_managers_approve(admin, roles):
    outsider = AccountFactory(roles=roles)
    proposal, _half = invitations.invite(**WHO, by=admin)
    with pytest.raises(NotForYou):
        invitations.approve(proposal.pk, by=outsider)
    with pytest.raises(NotForYou):
        invitations.invite(**WHO | {"email": "ander@stad.demo"}, by=outsider)


def test_a_case_manager_proposes_nobody(second):
    with pytest.raises(NotForYou):
        invitations.invite(**WHO, by=second)


def test_the_one_it_is_about_does_not_approve_other_roles(admin):
    other = AccountFactory(roles=["case_manager"])
    proposal = invitations.propose_roles(other, ["administrator"], by=admin)
    with pytest.raises(NotForYou):
        invitations.approve(proposal.pk, by=other)


def test_an_address_that_has_an_account_is_not_invited(admin):
    AccountFactory(email="sofie@stad.demo")
    with pytest.raises(SomebodyThere):
        invitations.invite(**WHO, by=admin)


@pytest.mark.parametrize("roles", [[], ["administrator", "case_manager"], ["case_manager", "dpo"]])
def test_administrators_and_officers_read_no_cases(admin, roles):
    with pytest.raises(RolesApart):
        invitations.invite(**WHO | {"roles": roles}, by=admin)


def test_a_second_proposal_does_not_void_the_half_that_was_written_down(admin, second):
    first, halves = approved(admin, second)
    with pytest.raises(ProposedAlready):
        invitations.invite(**WHO, by=admin)
    assert invitations.find(email=WHO["email"], halves=halves) == first
    invitations.withdraw(first.pk, by=admin)
    invitations.invite(**WHO, by=admin)
    with pytest.raises(NoSuchCode):
        invitations.find(email=WHO["email"], halves=halves)


def test_once_it_ran_out_a_new_proposal_takes_its_place(admin, second):
    first, halves = approved(admin, second)
    run_out(first, halves)
    invitations.invite(**WHO, by=admin)
    first.refresh_from_db()
    assert first.state == "withdrawn"


def test_what_is_decided_is_not_decided_again(admin, second):
    invitation, _halves = approved(admin, second)
    for verb in (invitations.approve, invitations.refuse):
        with pytest.raises(DecidedAlready):
            verb(invitation.pk, by=second)


def test_a_refused_proposal_comes_to_nothing(admin, second):
    proposal, _half = invitations.invite(**WHO, by=admin)
    assert invitations.refuse(proposal.pk, by=second).state == "refused"
    assert Invitation.objects.open().count() == 0


# A new sign-in


def test_a_new_sign_in_ends_what_was_and_tells_the_holder_and_the_officer(client, admin, second):
    holder, officer = with_means(AccountFactory(roles=["case_manager"])), AccountFactory(roles=["dpo"])
    sign_in(client, holder)
    session = client.session.session_key
    UserSession.objects.create(user=holder, session_key=session, ip="10.0.0.1")
    proposal, one = invitations.propose_new_sign_in(holder, by=admin)
    assert client.get("/").status_code == 200
    _invitation, two = invitations.approve(proposal.pk, by=second)
    assert client.get("/").status_code == 302
    holder.refresh_from_db()
    assert (holder.has_usable_password(), Authenticator.objects.filter(user=holder).count()) == (False, 0)
    assert roles_of(holder) == {"case_manager"}
    told = OutboxMessage.objects.order_by("created_at")
    assert [message.to for message in told] == [holder.email, officer.email]
    for message in told:
        whole = message.subject + message.text
        assert [word for word in (one, two, holder.last_name, "http") if word in whole] == []
    found = invitations.find(email=holder.email, halves=(one, two))
    assert invitations.accept(found.pk, "een nieuw lang wachtwoord") == holder
    assert seals.account_holds(holder)


def test_nobody_proposes_a_new_sign_in_for_the_own_account(admin):
    with pytest.raises(NotForYou):
        invitations.propose_new_sign_in(admin, by=admin)


# Other roles


def test_other_roles_take_effect_when_a_second_person_approves(admin, second):
    other = AccountFactory(roles=["case_manager"])
    proposal = invitations.propose_roles(other, ["administrator"], by=admin)
    assert roles_of(other) == {"case_manager"}
    assert invitations.approve(proposal.pk, by=second)[1] == ""
    assert (roles_of(other), seals.account_holds(other)) == ({"administrator"}, True)


def test_a_case_manager_of_referrals_stays_one(admin, second):
    other = AccountFactory(roles=["case_manager"])
    proposal = invitations.propose_roles(other, ["administrator"], by=admin)
    ReferralFactory(manager=other)
    with pytest.raises(StillCaseManager), transaction.atomic():
        invitations.approve(proposal.pk, by=second)
    with pytest.raises(StillCaseManager):
        invitations.propose_roles(other, ["administrator"], by=admin)
    assert roles_of(other) == {"case_manager"}


# The first ones


def test_the_first_administrator_comes_in_by_the_command_line(capsys):
    call_command("first_administrator", "An@stad.demo", "An", "Beheer")
    first = capsys.readouterr().out.splitlines()[0].split(" ")
    found = invitations.find(email="an@stad.demo", halves=("".join(first[:2]), "".join(first[2:])))
    user = invitations.accept(found.pk, "een lang wachtwoord")
    assert (roles_of(user), seals.account_holds(user)) == ({"administrator"}, True)
    with pytest.raises(CommandError):
        call_command("first_administrator", "nog@stad.demo", "Nog", "Iemand")


def test_an_account_written_into_the_database_does_not_become_who_is_invited(admin, second):
    invitation, _halves = approved(admin, second)
    User.objects.create_superuser("sofie@stad.demo", "een lang wachtwoord")
    with pytest.raises(SomebodyThere):
        invitations.accept(invitation.pk, "een lang wachtwoord")
