"""The pages on which a private calendar is made, renewed and revoked, and who may."""

import pytest
from django.urls import reverse

from knowledge.network import coordinating
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import with_session
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import (
    TrainerFactory,
)
from tests.trainings.feed_tools import address, booked
from trainings import links
from trainings.calendars import private_feeds
from trainings.models import Feed
from trainings.organisations.handing_over import leave

PAGE = "/mijn/agenda/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return UserFactory(email="noor@school.demo", first_name="Noor")


def test_the_page_makes_renews_and_revokes_an_address(client, partner):
    client.force_login(partner)
    assert b"webcal:" not in client.get(PAGE).content
    assert client.post(f"{PAGE}maken/").url == PAGE
    feed = Feed.objects.get()
    page = client.get(PAGE).content.decode()
    assert f'href="webcal://testserver{address(feed)}"' in page and f">http://testserver{address(feed)}</textarea>" in page
    client.post(f"{PAGE}{feed.pk}/vernieuwen/")
    newer = Feed.objects.live().get()
    assert newer != feed
    client.post(f"{PAGE}{newer.pk}/intrekken/")
    assert not Feed.objects.live().exists()


def test_a_training_coordinator_manages_the_calendar_of_the_organisation_and_a_member_does_not(client, partner):
    membership = MembershipFactory(user=partner)
    coordinator = MembershipFactory(organisation=membership.organisation, role="coordinator").user
    asked = {"organisation": membership.organisation_id}
    client.force_login(partner)
    assert client.post(f"{PAGE}maken/", asked).status_code == 404
    client.force_login(coordinator)
    client.post(f"{PAGE}maken/", asked)
    feed = Feed.objects.get()
    assert (feed.organisation, feed.made_by) == (membership.organisation, coordinator)
    assert address(feed) in client.get(PAGE).content.decode()
    client.force_login(partner)
    assert address(feed) not in client.get(PAGE).content.decode()
    verbs = ("vernieuwen", "intrekken")
    assert [client.post(f"{PAGE}{feed.pk}/{verb}/").status_code for verb in verbs] == [404, 404]


def stops(membership):
    coordinating.make_member(membership, by=membership.user, knowingly=True)


def leaves(membership):
    leave(membership, by=membership.user, knowingly=True)


@pytest.mark.parametrize("ends", [stops, leaves])
def test_an_organisations_address_stops_when_a_coordinator_does_whoever_made_it(
    client, partner, ends, django_capture_on_commit_callbacks
):
    coordinator = MembershipFactory(role="coordinator")
    member = MembershipFactory(organisation=coordinator.organisation)
    feed = private_feeds.make(coordinator.organisation, by=partner)
    elsewhere = private_feeds.make(OrganisationFactory(), by=partner)
    leave(member, by=partner)
    assert client.get(address(feed)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        ends(coordinator)
    assert [client.get(address(one)).status_code for one in (feed, elsewhere)] == [404, 200]


@pytest.mark.parametrize("ends", [stops, leaves])
def test_who_still_coordinates_hears_that_the_address_stopped(ends):
    coordinator = MembershipFactory(role="coordinator")
    organisation = coordinator.organisation
    stays = MembershipFactory(organisation=organisation, role="coordinator", user__email="lena@school.demo")
    MembershipFactory(organisation=organisation)
    private_feeds.make(organisation, by=coordinator.user)
    ends(coordinator)
    told = OutboxMessage.objects.get(kind="calendar_stopped")
    assert (told.to, told.subject) == (stays.user.email, f"De agenda van {organisation.name} is gestopt")
    assert "/mijn/agenda/" in told.text
    assert str(coordinator.user) not in told.text


def test_without_an_address_nobody_hears_of_one():
    coordinator = MembershipFactory(role="coordinator")
    MembershipFactory(organisation=coordinator.organisation, role="coordinator")
    leaves(coordinator)
    assert not OutboxMessage.objects.filter(kind="calendar_stopped").exists()


@pytest.mark.parametrize("organisation", ["0", "x", "-1", "9" * 40, "²"])
def test_an_organisation_that_is_not_there_gets_no_calendar(client, partner, organisation):
    client.force_login(partner)
    assert client.post(f"{PAGE}maken/", {"organisation": organisation}).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three_organisations(client, partner, django_assert_num_queries, n):
    for _number in range(n):
        private_feeds.make(MembershipFactory(user=partner, role="coordinator").organisation, by=partner)
    client.force_login(partner)
    client.get(PAGE)
    with django_assert_num_queries(with_session(5)):
        client.get(PAGE)


def test_only_a_post_changes_anything(client, partner):
    feed = private_feeds.make(partner, by=partner)
    client.force_login(partner)
    paths = ["maken/", f"{feed.pk}/vernieuwen/", f"{feed.pk}/intrekken/"]
    assert [client.get(f"{PAGE}{path}").status_code for path in paths] == [405, 405, 405]
    assert client.post(PAGE).status_code == client.post(address(feed)).status_code == 405


def test_the_team_makes_renews_and_revokes_the_calendar_of_a_trainer(client):
    trainer = TrainerFactory(name="Lena")
    organiser(client)
    page = reverse("organise:trainer-feed", args=[trainer.pk])
    assert page in client.get("/cms/lesgevers/").content.decode()
    made = []
    for what in ("make", "renew"):
        assert client.post(page, {"do": what}).url == page
        made.append(Feed.objects.live().get())
        assert links.to_feed(made[-1]) in client.get(page).content.decode()
    assert made[0] != made[1]
    client.post(page, {"do": "revoke"})
    assert not Feed.objects.live().exists()


@pytest.mark.parametrize("path", ["", "#booking"])
def test_where_a_date_stands_a_calendar_program_can_subscribe(client, partner, path):
    session = booked("Kijk", by=partner, code="K-1")
    client.force_login(partner)
    if path:
        page = client.get(session.bookings.get().get_absolute_url()).content.decode()
        assert 'href="webcal://testserver/vormingen/sessie/k-1.ics"' in page
    else:
        page = client.get(f"/vormingen/{session.training.slug}/").content.decode()
        assert f'href="webcal://testserver/vormingen/{session.training.slug}.ics"' in page
