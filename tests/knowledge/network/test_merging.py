"""One organisation goes up in another: nothing is lost, nobody belongs twice."""

import pytest
from django.db import IntegrityError, transaction

from knowledge.network import access, duplicates, membership
from knowledge.network.merging import merge
from knowledge.network.models import MailDomain, Membership, Organisation, OrganisationEvent
from knowledge.network.refusals import CannotMerge
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stays():
    return OrganisationFactory(name="Atheneum De Vlinder")


@pytest.fixture
def gone():
    return OrganisationFactory(name="De Vlinder")


def members(organisation) -> list[tuple]:
    return list(organisation.memberships.order_by("pk").values_list("user", "role", "state"))


def test_members_and_mail_domains_move_and_the_row_points_to_the_one_that_stays(gone, stays):
    member = MembershipFactory(organisation=gone, role="coordinator")
    left = MembershipFactory(organisation=gone, state="ended")
    MailDomain.objects.create(organisation=gone, domain="vlinder.demo")
    team = UserFactory()
    merge(gone, stays, by=team)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into, gone.standing) == ("merged", stays, stays)
    assert members(stays) == [(member.user.pk, "coordinator", "active"), (left.user.pk, "member", "ended")]
    assert members(gone) == []
    assert [domain.domain for domain in stays.mail_domains.all()] == ["vlinder.demo"]
    assert list(OrganisationEvent.objects.values_list("organisation", "verb", "detail", "by")) == [
        (stays.pk, "merged", "De Vlinder (Gent)", team.pk)
    ]
    assert list(OutboxMessage.objects.values_list("kind", "to")) == [("organisation_merged", member.user.email)]


@pytest.mark.parametrize(
    ("there", "here", "kept"),
    [
        (("member", "active"), ("coordinator", "active"), ("coordinator", "active")),
        (("coordinator", "active"), ("member", "active"), ("coordinator", "active")),
        (("member", "requested"), ("member", "active"), ("member", "active")),
        (("member", "active"), ("member", "requested"), ("member", "active")),
        (("member", "active"), ("coordinator", "requested"), ("member", "active")),
        (("member", "requested"), ("member", "requested"), ("member", "requested")),
    ],
)
def test_who_belongs_to_both_keeps_the_stronger_membership_and_only_who_is_known_coordinates(gone, stays, there, here, kept):
    user = UserFactory()
    MembershipFactory(user=user, organisation=stays, role=there[0], state=there[1])
    MembershipFactory(user=user, organisation=gone, role=here[0], state=here[1])
    merge(gone, stays, by=UserFactory())
    assert members(stays) == [(user.pk, *kept), (user.pk, here[0], "ended")]


def test_what_was_merged_before_points_to_the_one_that_stays_too(gone, stays):
    first = OrganisationFactory()
    merge(first, gone, by=UserFactory())
    merge(gone, stays, by=UserFactory())
    first.refresh_from_db()
    assert first.merged_into == stays


def test_an_organisation_is_not_merged_twice_nor_into_itself_nor_into_one_that_the_team_does_not_know(gone, stays):
    proposed = OrganisationFactory(state="proposed")
    for one, other in [(gone, gone), (gone, proposed)]:
        with pytest.raises(CannotMerge):
            merge(one, other, by=UserFactory())
    merge(gone, stays, by=UserFactory())
    with pytest.raises(CannotMerge):
        merge(gone, stays, by=UserFactory())


def test_what_was_merged_cannot_be_chosen_any_more(gone, stays):
    user = UserFactory()
    merge(gone, stays, by=UserFactory())
    assert list(Organisation.objects.confirmed()) == [stays]
    assert membership.join(gone, by=user).organisation == stays
    assert list(access.bookable_by(user)) == [stays]


def test_who_proposes_the_name_of_a_merged_one_joins_the_one_that_stays(gone, stays):
    merge(gone, stays, by=UserFactory())
    made = membership.propose(name="de vlinder", sector=stays.sector, city="Gent", by=UserFactory())
    assert made.organisation == stays


def test_the_one_that_stays_may_take_the_name_over(gone, stays):
    merge(gone, stays, by=UserFactory())
    Organisation.objects.filter(pk=stays.pk).update(name="De Vlinder")
    assert Organisation.objects.called("De Vlinder", "Gent") == stays


def test_a_merged_organisation_always_says_into_which(gone):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=gone.pk).update(state="merged")


def test_the_same_name_little_words_aside_is_suggested(stays):
    double = OrganisationFactory(name="vzw Atheneum de vlínder", state="proposed")
    OrganisationFactory(name="Atheneum De Wilg")
    assert [(pair.gone, pair.stays, pair.same_name) for pair in duplicates.likely()] == [(double, stays, True)]


def test_one_whose_people_all_have_addresses_of_another_is_suggested(stays, gone):
    MailDomain.objects.create(organisation=stays, domain="vlinder.demo")
    MembershipFactory(organisation=gone, user=UserFactory(email="a@vlinder.demo"))
    mixed = OrganisationFactory(name="Turnkring")
    MembershipFactory(organisation=mixed, user=UserFactory(email="b@vlinder.demo"))
    MembershipFactory(organisation=mixed, user=UserFactory(email="c@elders.demo"))
    assert [(pair.gone, pair.stays, pair.same_name) for pair in duplicates.likely()] == [(gone, stays, False)]


def test_refused_and_merged_ones_are_not_suggested(stays, gone):
    OrganisationFactory(name="De Vlinder", city="Aalst", state="refused")
    merge(gone, stays, by=UserFactory())
    assert duplicates.likely() == []


@pytest.mark.parametrize("n", [1, 3])
def test_suggesting_costs_the_same_for_one_and_three(n, django_assert_num_queries):
    for number in range(n):
        MembershipFactory(organisation=OrganisationFactory(name="School", city=f"Stad {number}"))
    with django_assert_num_queries(3):  # organisations, domains, addresses
        duplicates.likely()


def test_of_one_person_there_is_one_current_membership_only(stays):
    row = MembershipFactory(organisation=stays)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=row.user, organisation=stays)
