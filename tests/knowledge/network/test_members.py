"""A training coordinator confirms, refuses and delegates; nobody else sees who belongs to an organisation."""

import pytest
from django.urls import reverse

from knowledge.network import mail, membership
from knowledge.network.models import Membership
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import with_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    row = MembershipFactory(role="coordinator")
    client.force_login(row.user)
    return row


def members_url(row: Membership) -> str:
    return reverse("network:members", args=[row.organisation_id])


def member_url(row: Membership) -> str:
    return reverse("network:member", args=[row.pk])


def test_a_coordinator_sees_who_asks_and_who_belongs(client, coordinator):
    asking = MembershipFactory(organisation=coordinator.organisation, state="requested")
    MembershipFactory(organisation=coordinator.organisation, state="ended")
    MembershipFactory()
    context = client.get(members_url(coordinator)).context
    assert (context["asking"], context["members"]) == ([asking], [coordinator])


def test_what_the_team_decided_the_team_decided(client, coordinator):
    asking = MembershipFactory(organisation=coordinator.organisation, state="requested")
    team = UserFactory(first_name="Ilse", last_name="Teamlid", groups=["Organisatoren"])
    membership.confirm_member(asking, by=team)
    page = client.get(members_url(coordinator)).content.decode()
    assert ("Ilse Teamlid" in page, "(het team)" in page) == (False, True)


@pytest.mark.parametrize(("decision", "state"), [("confirm", "active"), ("refuse", "refused")])
def test_a_coordinator_confirms_or_refuses_who_asks(client, coordinator, decision, state):
    asking = MembershipFactory(organisation=coordinator.organisation, state="requested")
    response = client.post(member_url(asking), {"decision": decision, "reason": "Werkt hier niet."})
    asking.refresh_from_db()
    assert (response.url, asking.state) == (members_url(coordinator), state)
    told = OutboxMessage.objects.get()
    assert (told.to, "Werkt hier niet." in told.text) == (asking.user.email, decision == "refuse")


def test_coordinators_hear_that_somebody_asks_to_join_but_not_by_mail_who(coordinator):
    organisation, asking = coordinator.organisation, UserFactory(first_name="Wilhelmina", email="wilhelmina@elders.demo")
    second = MembershipFactory(organisation=organisation, role="coordinator")
    MembershipFactory(organisation=organisation)
    for _again in range(2):
        membership.join(organisation, by=asking)
    mails = list(OutboxMessage.objects.order_by("to"))
    assert {one.to for one in mails} == {coordinator.user.email, second.user.email}
    assert [(one.kind, organisation.name in one.subject, members_url(coordinator) in one.text) for one in mails] == [
        ("member_asks", True, True)
    ] * 2
    assert [one for one in mails if "ilhelmina" in one.subject + one.text] == []


def test_who_asks_time_and_again_fills_no_mailbox(coordinator):
    asking = UserFactory()
    for _again in range(9):
        membership.leave(membership.join(coordinator.organisation, by=asking), by=asking)
    assert OutboxMessage.objects.count() == mail.ASKED_A_DAY


@pytest.mark.parametrize("state", ["proposed", "refused"])
def test_nobody_hears_of_a_request_before_the_team_knows_the_organisation(state):
    row = MembershipFactory(role="coordinator", organisation=OrganisationFactory(state=state))
    membership.join(row.organisation, by=UserFactory())
    assert OutboxMessage.objects.count() == 0


def test_a_coordinator_makes_somebody_coordinator_and_takes_it_back(client, coordinator):
    colleague = MembershipFactory(organisation=coordinator.organisation)
    for decision, role in [("coordinator", "coordinator"), ("member", "member")]:
        client.post(member_url(colleague), {"decision": decision})
        colleague.refresh_from_db()
        assert colleague.role == role


def test_the_last_coordinator_is_asked_before_giving_the_role_up(client, coordinator):
    page = client.post(member_url(coordinator), {"decision": "member"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["knowingly"])
    response = client.post(member_url(coordinator), {"decision": "member", "knowingly": "on"})
    coordinator.refresh_from_db()
    assert (response.url, coordinator.role) == (reverse("network:mine"), "member")


@pytest.mark.parametrize("sent", [{}, {"decision": "member"}, {"decision": "confirm"}, {"decision": "x"}])
def test_what_cannot_be_decided_about_a_member_is_told_and_changes_nothing(client, coordinator, sent):
    colleague = MembershipFactory(organisation=coordinator.organisation)
    page = client.post(member_url(colleague), sent)
    colleague.refresh_from_db()
    assert (list(page.context["form"].errors), colleague.role, colleague.state) == (["decision"], "member", "active")


@pytest.mark.parametrize("role", ["stranger", "member", "asking coordinator", "coordinator elsewhere"])
def test_members_are_not_there_for_others(client, role):
    row = MembershipFactory(role="coordinator")
    user = {
        "stranger": lambda: UserFactory(),
        "member": lambda: MembershipFactory(organisation=row.organisation).user,
        "asking coordinator": lambda: MembershipFactory(organisation=row.organisation, role="coordinator", state="requested").user,
        "coordinator elsewhere": lambda: MembershipFactory(role="coordinator").user,
    }[role]()
    client.force_login(user)
    assert [client.get(url).status_code for url in (members_url(row), member_url(row))] == [404, 404]
    assert client.post(member_url(row), {"decision": "member", "knowingly": "on"}).status_code == 404


def test_members_lead_to_the_sign_in_and_take_no_other_verb(client):
    row = MembershipFactory(role="coordinator")
    assert [client.get(url).url.startswith("/account/login/") for url in (members_url(row), member_url(row))] == [True, True]
    client.force_login(row.user)
    assert [client.post(members_url(row)).status_code, client.put(member_url(row)).status_code] == [405, 405]


@pytest.mark.parametrize("n", [1, 3])
def test_members_cost_the_same_for_one_and_three(client, coordinator, n, django_assert_num_queries):
    for _number in range(n):
        MembershipFactory(organisation=coordinator.organisation)
        colleague = MembershipFactory(organisation=coordinator.organisation, state="requested")
        client.post(member_url(colleague), {"decision": "confirm"})
    client.get(members_url(coordinator))
    with django_assert_num_queries(with_session(7)):  # session, user, site and brand, organisation, people, events, their groups
        client.get(members_url(coordinator))


def test_the_last_coordinator_who_leaves_at_once_is_told_instead(client, coordinator):
    response = client.post(reverse("network:leave", args=[coordinator.organisation_id]), follow=True)
    coordinator.refresh_from_db()
    assert (coordinator.state, len(list(response.context["messages"]))) == ("active", 1)


def test_a_merged_organisation_is_not_joined_by_its_address(client, coordinator):
    merged = OrganisationFactory(state="merged", merged_into=coordinator.organisation)
    MembershipFactory(organisation=merged, user=coordinator.user, state="ended")
    assert client.post(reverse("network:join", args=[merged.pk])).status_code == 404
