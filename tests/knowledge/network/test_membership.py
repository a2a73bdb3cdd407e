"""Joining, proposing, leaving; and what the team decides."""

import pytest
from django.urls import reverse

from knowledge.network import access, membership
from knowledge.network.models import MailDomain, Membership, Organisation
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory, SectorFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db

ACTIVE, REQUESTED = Membership.State.ACTIVE, Membership.State.REQUESTED
PROPOSED, CONFIRMED, REFUSED = Organisation.State.PROPOSED, Organisation.State.CONFIRMED, Organisation.State.REFUSED


def proposal(by=None, name="Jeugdhuis De Nieuwe"):
    return membership.propose(name=name, sector=SectorFactory(), city="Gent", by=by or UserFactory())


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", "to"))


def test_a_trusted_domain_joins_at_once():
    organisation = OrganisationFactory()
    MailDomain.objects.create(organisation=organisation, domain="school.demo")
    assert membership.join(organisation, by=UserFactory(email="a@school.demo")).state == ACTIVE
    assert membership.join(organisation, by=UserFactory(email="a@notschool.demo")).state == REQUESTED


@pytest.mark.parametrize("state", ["ended", "refused"])
def test_who_was_sent_away_asks_also_with_a_trusted_address(client, state):
    sent_away = MembershipFactory(user__email="a@school.demo", state=state)
    MailDomain.objects.create(organisation=sent_away.organisation, domain="school.demo")
    client.force_login(sent_away.user)
    assert list(client.get(reverse("network:mine")).context["trusting"]) == []
    assert [membership.join(sent_away.organisation, by=sent_away.user).state for _again in range(2)] == [REQUESTED] * 2


def test_joining_twice_is_one_membership():
    organisation, user = OrganisationFactory(), UserFactory()
    assert membership.join(organisation, by=user) == membership.join(organisation, by=user)
    assert Membership.objects.count() == 1


def test_a_request_becomes_active_once_the_domain_is_trusted():
    organisation, user = OrganisationFactory(), UserFactory(email="a@school.demo")
    membership.join(organisation, by=user)
    MailDomain.objects.create(organisation=organisation, domain="school.demo")
    assert membership.join(organisation, by=user).state == ACTIVE
    assert Membership.objects.get().state == ACTIVE


def test_a_refused_person_may_ask_again():
    asked = MembershipFactory(state=Membership.State.REFUSED)
    assert membership.join(asked.organisation, by=asked.user).state == REQUESTED


def test_a_proposal_is_tidied_and_waits_for_the_team():
    user = UserFactory()
    made = membership.propose(name="  Sint-  Bavo ", sector=SectorFactory(), city=" Gent ", by=user)
    organisation = made.organisation
    assert (organisation.name, organisation.city, organisation.state, organisation.proposed_by) == (
        "Sint- Bavo",
        "Gent",
        PROPOSED,
        user,
    )
    assert made.state == REQUESTED


@pytest.mark.parametrize("state", [PROPOSED, CONFIRMED, REFUSED])
def test_proposing_what_exists_joins_it_whatever_the_capitals(state):
    known = OrganisationFactory(name="Sint-Bavo", state=state)
    made = membership.propose(name="SINT-BAVO", sector=SectorFactory(), city="gent", by=UserFactory())
    known.refresh_from_db()
    assert made.organisation == known
    assert known.state == (PROPOSED if state == REFUSED else state)


def test_leaving_ends_an_active_membership():
    own = MembershipFactory()
    membership.leave(own, by=own.user)
    own.refresh_from_db()
    assert own.state == Membership.State.ENDED


def test_taking_a_request_back_takes_the_own_proposal_back():
    made = proposal()
    membership.leave(made, by=made.user)
    assert (Membership.objects.count(), Organisation.objects.count()) == (0, 0)


def test_taking_a_request_back_leaves_what_others_wait_for():
    made = proposal()
    membership.join(made.organisation, by=UserFactory())
    membership.leave(made, by=made.user)
    assert Organisation.objects.get().state == PROPOSED


def test_nobody_leaves_for_somebody_else():
    own = MembershipFactory()
    membership.leave(own, by=UserFactory())
    own.refresh_from_db()
    assert own.state == ACTIVE


def test_confirming_an_organisation_makes_its_proposer_a_member_and_says_so_once():
    made = proposal()
    other = membership.join(made.organisation, by=UserFactory())
    for _press in range(2):
        membership.confirm(made.organisation, by=UserFactory())
    states = dict(Membership.objects.values_list("pk", "state"))
    assert states == {made.pk: ACTIVE, other.pk: REQUESTED}
    assert mails() == [("organisation_confirmed", made.user.email)]


def test_refusing_an_organisation_tells_everybody_who_asked_and_why():
    made = proposal()
    other = membership.join(made.organisation, by=UserFactory())
    membership.refuse(made.organisation, by=UserFactory(), reason="Dit is een dienst van de stad zelf.")
    assert Organisation.objects.get().state == REFUSED
    assert set(mails()) == {("organisation_refused", made.user.email), ("organisation_refused", other.user.email)}
    assert "Dit is een dienst van de stad zelf." in OutboxMessage.objects.first().text


def test_members_are_confirmed_and_refused_one_by_one_and_hear_it():
    one, other = MembershipFactory(state=REQUESTED), MembershipFactory(state=REQUESTED)
    membership.confirm_member(one, by=UserFactory())
    membership.refuse_member(other, by=UserFactory())
    membership.refuse_member(one, by=UserFactory())
    assert [Membership.objects.get(pk=row.pk).state for row in (one, other)] == [ACTIVE, Membership.State.REFUSED]
    assert mails() == [("member_confirmed", one.user.email), ("member_refused", other.user.email)]


def test_mails_are_dutch_and_keep_apostrophes():
    made = proposal(name="Jeugdhuis 't Uilenest & Co")
    membership.confirm(made.organisation, by=UserFactory())
    message = OutboxMessage.objects.get()
    assert message.subject == "We kennen Jeugdhuis 't Uilenest & Co nu"
    assert "Jeugdhuis 't Uilenest & Co" in message.text
    assert message.about == f"organisation:{made.organisation.pk}"


def test_a_proposer_who_is_gone_gets_no_mail():
    made = proposal()
    made.user.delete()
    organisation = Organisation.objects.get()
    membership.confirm(organisation, by=UserFactory())
    assert mails() == []


def test_one_books_for_organisations_one_belongs_to_or_asked_for():
    user = UserFactory()
    active, asked = MembershipFactory(user=user), MembershipFactory(user=user, state=REQUESTED)
    MembershipFactory(user=user, state=Membership.State.REFUSED)
    MembershipFactory(user=user, state=Membership.State.ENDED)
    MembershipFactory(user=user, state=REQUESTED, organisation=OrganisationFactory(state=REFUSED))
    MembershipFactory()
    assert set(access.bookable_by(user)) == {active.organisation, asked.organisation}


def test_only_active_coordinators_of_confirmed_organisations_see_the_bookings_of_others():
    user = UserFactory()
    role = Membership.Role.COORDINATOR
    own = MembershipFactory(user=user, role=role)
    MembershipFactory(user=user, role=role, state=REQUESTED)
    MembershipFactory(user=user, role=role, organisation=OrganisationFactory(state=PROPOSED))
    MembershipFactory(user=user)
    assert list(access.coordinated_by(user)) == [own.organisation]


def test_visitors_act_for_nobody():
    from django.contrib.auth.models import AnonymousUser

    OrganisationFactory()
    assert list(access.bookable_by(AnonymousUser())) == list(access.coordinated_by(AnonymousUser())) == []
