"""The history of an organisation keeps what was decided, and after a time no longer about whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.network import coordinating, history, membership
from knowledge.network.merging import merge
from knowledge.network.models import Membership, OrganisationEvent
from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.everywhere import hits

pytestmark = pytest.mark.django_db
TERM = timedelta(days=365)
TOLD = ["network_organisationevent.detail", "shared_outboxmessage.text"]


@pytest.fixture
def organisation():
    """Somebody was confirmed, made coordinator and left, somebody was refused, and another organisation went up in this one."""
    organisation, team = OrganisationFactory(), UserFactory()
    member = MembershipFactory(organisation=organisation, state="requested")
    membership.confirm_member(member, by=team)
    coordinating.make_coordinator(member, by=team)
    coordinating.end(member, by=member.user, knowingly=True)
    refused = MembershipFactory(organisation=organisation, state="requested")
    membership.refuse_member(refused, by=team, reason="Mevrouw Zwaluwnest kent deze collega niet.")
    merge(OrganisationFactory(name="Oude naam"), organisation, by=team)
    outbox.send_due()
    return organisation


def grow_older(by: timedelta) -> None:
    moment = timezone.now() - by
    OrganisationEvent.objects.update(at=moment)
    OutboxMessage.objects.update(created_at=moment)


def decided(organisation) -> list[tuple]:
    return list(organisation.events.order_by("pk").values_list("verb", "person", "by", "detail"))


def test_after_a_time_decisions_stay_without_whom_they_name_and_why(organisation):
    grow_older(TERM + timedelta(minutes=1))
    assert hits("Zwaluwnest") == TOLD
    assert [history.empty_due(), history.empty_due()] == [5, 0]
    assert hits("Zwaluwnest") == []
    verbs = ["member_confirmed", "coordinator_made", "left", "member_refused"]
    assert decided(organisation) == [*((verb, None, None, "") for verb in verbs), ("merged", None, None, "Oude naam (Gent)")]
    assert OutboxMessage.objects.count() == 0


def test_until_then_decisions_keep_whom_they_name(organisation):
    before = decided(organisation)
    grow_older(TERM - timedelta(minutes=1))
    assert history.empty_due() == 0
    assert (decided(organisation), hits("Zwaluwnest")) == (before, TOLD)


def test_why_somebody_was_refused_goes_with_the_account(organisation):
    history.forget_person(Membership.objects.get(state="refused").user)
    assert hits("Zwaluwnest") == ["shared_outboxmessage.text"]
