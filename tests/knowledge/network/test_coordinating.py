"""Who coordinates the trainings of an organisation: made, taken back, never lost in silence."""

import pytest

from knowledge.network import access, coordinating, membership
from knowledge.network.models import Membership, OrganisationEvent
from knowledge.network.refusals import LastCoordinator, NotAMember
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MEMBER, COORDINATOR = Membership.Role.MEMBER, Membership.Role.COORDINATOR


@pytest.fixture
def coordinator():
    return MembershipFactory(role=COORDINATOR)


def now(row: Membership) -> tuple[str, str]:
    row.refresh_from_db()
    return row.role, row.state


def events() -> list[tuple]:
    return list(OrganisationEvent.objects.order_by("pk").values_list("verb", "person", "by"))


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", "to"))


def test_a_coordinator_makes_a_member_coordinator_too_and_it_is_told_and_remembered(coordinator):
    colleague = MembershipFactory(organisation=coordinator.organisation)
    coordinating.make_coordinator(colleague, by=coordinator.user)
    coordinating.make_coordinator(colleague, by=coordinator.user)
    assert now(colleague) == (COORDINATOR, "active")
    assert events() == [("coordinator_made", colleague.user.pk, coordinator.user.pk)]
    assert mails() == [("coordinator_made", colleague.user.email)]
    assert list(access.coordinated_by(colleague.user)) == [coordinator.organisation]


def test_the_role_is_taken_back_and_it_is_told_and_remembered(coordinator):
    colleague = MembershipFactory(organisation=coordinator.organisation, role=COORDINATOR)
    coordinating.make_member(colleague, by=coordinator.user)
    coordinating.make_member(colleague, by=coordinator.user)
    assert now(colleague) == (MEMBER, "active")
    assert events() == [("coordinator_ended", colleague.user.pk, coordinator.user.pk)]
    assert mails() == [("coordinator_ended", colleague.user.email)]


@pytest.mark.parametrize("verb", [coordinating.make_member, coordinating.end])
def test_an_organisation_does_not_lose_its_last_coordinator_unless_somebody_says_that_they_know(coordinator, verb):
    MembershipFactory(role=COORDINATOR)  # of another organisation
    with pytest.raises(LastCoordinator):
        verb(coordinator, by=coordinator.user)
    assert now(coordinator) == (COORDINATOR, "active")
    verb(coordinator, by=coordinator.user, knowingly=True)
    assert now(coordinator) != (COORDINATOR, "active")


def test_leaving_oneself_says_so_too_when_nobody_else_coordinates(coordinator):
    with pytest.raises(LastCoordinator):
        membership.leave(coordinator, by=coordinator.user)
    MembershipFactory(organisation=coordinator.organisation, role=COORDINATOR)
    membership.leave(coordinator, by=coordinator.user)
    assert now(coordinator) == (COORDINATOR, "ended")


def test_who_left_hears_it_when_somebody_else_says_so_and_sees_nothing_any_more(coordinator):
    colleague = MembershipFactory(organisation=coordinator.organisation, role=COORDINATOR)
    coordinating.end(colleague, by=coordinator.user)
    assert now(colleague)[1] == "ended"
    assert mails() == [("member_ended", colleague.user.email)]
    assert events() == [("left", colleague.user.pk, coordinator.user.pk)]
    assert list(access.coordinated_by(colleague.user)) == []


@pytest.mark.parametrize("state", ["requested", "refused", "ended"])
@pytest.mark.parametrize("verb", [coordinating.make_coordinator, coordinating.make_member, coordinating.end])
def test_only_who_belongs_there_now_gets_a_role_or_leaves(verb, state):
    row = MembershipFactory(state=state)
    with pytest.raises(NotAMember):
        verb(row, by=UserFactory())
    assert now(row) == (MEMBER, state)


def test_a_coordinator_of_a_request_still_to_confirm_does_not_count():
    asking = MembershipFactory(role=COORDINATOR, state="requested")
    row = MembershipFactory(organisation=asking.organisation, role=COORDINATOR)
    assert coordinating.is_last(row)


def test_decisions_of_the_team_are_remembered_too():
    organisation, team = OrganisationFactory(state="proposed"), UserFactory()
    asking = MembershipFactory(organisation=organisation, state="requested")
    membership.confirm(organisation, by=team)
    membership.confirm_member(asking, by=team)
    assert events() == [("confirmed", None, team.pk), ("member_confirmed", asking.user.pk, team.pk)]
