"""Merging organisations brings their bookings, private calendars and reserved sessions together; the team looks first."""

import pytest
from django.urls import reverse

from knowledge.network import membership
from knowledge.network.models import MailDomain, OrganisationEvent
from knowledge.network.refusals import CannotMerge
from shared import versions
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser, own_queries, told
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from tests.trainings.life import BERT
from trainings.booking import add_participant, add_walk_in, book_seats
from trainings.models import Booking, Feed
from trainings.organisations.merging import merge_organisations, what_moves

pytestmark = pytest.mark.django_db


def merge_url(gone, stays) -> str:
    return reverse("partners_merging:merge", args=[gone.pk, stays.pk])


def fill(organisation) -> None:
    """Something of everything that is kept for an organisation."""
    member = MembershipFactory(organisation=organisation)
    MailDomain.objects.create(organisation=organisation, domain=f"d{organisation.pk}.demo")
    ParticipantFactory(booking=BookingFactory(organisation=organisation, booked_by=member.user))
    Feed.objects.create(organisation=organisation, made_by=member.user)
    SessionFactory(audience="organisations").organisations.add(organisation)


def test_everything_that_is_kept_for_it_moves(gone, stays, django_capture_on_commit_callbacks):
    fill(gone)
    fill(stays)
    before = versions.current("catalogue")
    with django_capture_on_commit_callbacks(execute=True):
        merge_organisations(gone, stays, by=UserFactory())
    assert set(Booking.objects.values_list("organisation", flat=True)) == {stays.pk}
    assert set(Feed.objects.values_list("organisation", flat=True)) == {stays.pk}
    counted = [stays.memberships, stays.mail_domains, stays.bookings, stays.feeds, stays.sessions_for_them]
    assert [rows.count() for rows in counted] == [2, 2, 2, 2, 2]
    assert gone.sessions_for_them.count() == 0
    assert OrganisationEvent.objects.get().detail.startswith("Vlinder (Gent) · 1 ")
    assert versions.current("catalogue") > before


def test_a_session_for_both_is_for_the_one_that_stays_once(gone, stays):
    session = SessionFactory(audience="organisations")
    session.organisations.set([gone, stays])
    merge_organisations(gone, stays, by=UserFactory())
    assert list(session.organisations.all()) == [stays]


def test_who_books_or_joins_from_a_page_of_before_the_merge_does_so_for_the_one_that_stays(gone, stays):
    merge_organisations(gone, stays, by=UserFactory())
    gone.state, gone.merged_into = "confirmed", None  # as that page knows it
    booked = book_seats(SessionFactory(), by=UserFactory(), participants=[BERT], organisation=gone)
    added = add_participant(SessionFactory(), by=UserFactory(), person=BERT, organisation=gone).booking
    walked_in = add_walk_in(SessionFactory(), by=UserFactory(), person=BERT, organisation=gone).booking
    asked = membership.join(gone, by=UserFactory())
    assert [one.organisation for one in (booked, added, walked_in, asked)] == [stays] * 4


def test_what_cannot_be_merged_moves_nothing(gone, stays):
    fill(gone)
    proposed = OrganisationFactory(state="proposed")
    with pytest.raises(CannotMerge):
        merge_organisations(gone, proposed, by=UserFactory())
    assert gone.bookings.count() == 1


def test_every_row_that_points_to_an_organisation_is_one_that_merging_moves():
    # A room that begins to keep something for organisations says here what becomes of it.
    from knowledge.network.models import Organisation

    pointing = {f"{one.related_model._meta.label}.{one.field.name}" for one in Organisation._meta.related_objects}
    assert pointing == {
        "network.MailDomain.organisation",
        "network.Membership.organisation",
        "network.Organisation.merged_into",
        "network.OrganisationEvent.organisation",
        "trainings.Booking.organisation",
        "trainings.Feed.organisation",
        "trainings.Session.organisations",
    }


def test_the_team_sees_what_moves_before_it_does(client, gone, stays):
    organiser(client)
    fill(gone)
    both = MembershipFactory(organisation=gone, user=UserFactory(last_name="Zwaan"))
    MembershipFactory(organisation=stays, user=both.user)
    moves = client.get(merge_url(gone, stays)).context["moves"]
    assert moves == what_moves(gone, stays)
    assert (moves.doubles, moves.bookings, moves.feeds, len(moves.sessions), len(moves.members)) == ([both], 1, 1, 1, 2)
    gone.refresh_from_db()
    assert gone.state == "confirmed"
    client.post(merge_url(gone, stays))
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("merged", stays)


def test_choosing_two_leads_to_what_moves_and_the_wrong_two_stay_in_the_form(client, gone, stays):
    organiser(client)
    choose = reverse("partners_merging:choose")
    assert client.get(choose, {"gone": gone.pk, "stays": stays.pk}).url == merge_url(gone, stays)
    assert list(client.get(choose, {"gone": gone.pk, "stays": gone.pk}).context["form"].errors) == ["stays"]
    assert client.get(choose, {"gone": gone.pk}).context["form"].errors == {}


def test_what_was_merged_meanwhile_is_told(client, gone, stays):
    organiser(client)
    merge_organisations(gone, stays, by=UserFactory())
    for send in (client.get, client.post):
        assert len(told(send(merge_url(gone, stays), follow=True))) == 1


def test_likely_doubles_are_suggested_in_the_list_and_where_one_merges(client, stays):
    organiser(client)
    double = OrganisationFactory(name="vzw Atheneum de Vlinder")
    rows = {row.name: row.looks_like for row in client.get(reverse("organisaties:index")).context["object_list"]}
    assert rows == {stays.name: None, double.name: stays}
    [pair] = client.get(reverse("partners_merging:choose")).context["likely"]
    assert (pair.gone, pair.stays) == (double, stays)


def test_a_merged_organisation_stays_in_the_list_without_a_button_and_is_not_changed(client, gone, stays):
    organiser(client)
    merge_organisations(gone, stays, by=UserFactory())
    page = client.get(reverse("organisaties:index")).content.decode()
    links = [f"{reverse('partners_merging:choose')}?gone={one.pk}" in page for one in (stays, gone)]
    assert links == [True, False]
    data = {"name": "X", "sector": gone.sector_id, "city": "Gent", "notes": "", "domains": ""}
    response = client.post(reverse("organisaties:edit", args=[gone.pk]), data)
    gone.refresh_from_db()
    assert (response.status_code, gone.name) == (200, "Vlinder")


@pytest.mark.parametrize("groups", [[], ["Redactie"], ["Beheer"]])
def test_merging_is_not_there_for_others(client, gone, stays, groups):
    sign_in(client, UserFactory(groups=groups))
    assert [client.get(url).status_code for url in (reverse("partners_merging:choose"), merge_url(gone, stays))] == [404, 404]
    assert client.post(merge_url(gone, stays)).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_what_moves_costs_the_same_for_one_and_three(client, gone, stays, n):
    organiser(client)
    for number in range(n):
        member = MembershipFactory(organisation=gone)
        BookingFactory(organisation=gone, booked_by=member.user)
        SessionFactory().organisations.add(gone)
        MailDomain.objects.create(organisation=gone, domain=f"d{number}.demo")
    # the two, members, who belongs to both, domains, bookings, feeds, sessions, where it is more than one may have
    assert own_queries(client, merge_url(gone, stays)) == 9


def test_the_team_ends_a_membership_and_hands_the_bookings_over(client):
    organiser(client)
    leaver = MembershipFactory()
    to = MembershipFactory(organisation=leaver.organisation).user
    booking = ParticipantFactory(booking=BookingFactory(organisation=leaver.organisation, booked_by=leaver.user)).booking
    url = reverse("partners_merging:leave", args=[leaver.pk])
    assert list(client.post(url, {}).context["form"].errors) == ["to"]
    assert client.post(url, {"to": str(to.pk)}).url == reverse("leden:index")
    leaver.refresh_from_db()
    booking.refresh_from_db()
    assert (leaver.state, booking.booked_by) == ("ended", to)
    assert client.get(url).status_code == 404


def test_who_leaves_is_not_named_in_the_title_of_the_page(client):
    organiser(client)
    leaver = MembershipFactory()
    page = client.get(reverse("partners_merging:leave", args=[leaver.pk])).content.decode()
    assert str(leaver.user) in page
    assert str(leaver.user) not in page.partition("<title>")[2].partition("</title>")[0]


def test_the_team_does_not_take_the_last_coordinator_away_in_silence(client):
    organiser(client)
    member = MembershipFactory(role="coordinator")
    url = reverse("leden:edit", args=[member.pk])
    assert list(client.post(url, {"role": "member"}).context["form"].errors) == ["knowingly"]
    client.post(url, {"role": "member", "knowingly": "on"})
    member.refresh_from_db()
    assert (member.role, OrganisationEvent.objects.get().verb) == ("member", "coordinator_ended")
