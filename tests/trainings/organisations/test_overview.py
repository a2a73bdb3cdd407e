"""`/mijn/organisatie/…`: a training coordinator sees all bookings of the organisation, and nobody else does."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import with_session
from tests.trainings.factories import BookingFactory, OfferFactory, ParticipantFactory, SessionFactory, WaitingEntryFactory
from trainings.models import AccessNeed, HistoryEntry

pytestmark = pytest.mark.django_db
PAGES = ["organisation", "organisation-history", "organisation-export"]


@pytest.fixture
def coordinator(client):
    row = MembershipFactory(role="coordinator")
    client.force_login(row.user)
    return row


@pytest.fixture
def organisation(coordinator):
    return coordinator.organisation


def url(name, organisation, *more) -> str:
    return reverse(f"trainings:{name}", args=[organisation.pk, *more])


def closed(response):
    # By hand: `response.close()` would end the test's connection to the database with the file.
    for close in response._resource_closers:
        close()
    return response


def booked(organisation, *, by=None, state="confirmed", seats=1, **facts):
    booking = BookingFactory(organisation=organisation, booked_by=by or UserFactory(), **facts)
    name = {"first_name": "", "family_name": ""} if state == "reserved" else {}
    for _seat in range(seats):
        ParticipantFactory(booking=booking, state=state, **name)
    return booking


@pytest.mark.parametrize("name", PAGES)
def test_its_pages_open_for_the_training_coordinator(client, organisation, name):
    assert closed(client.get(url(name, organisation))).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["stranger", "member", "former coordinator", "asking coordinator", "coordinator elsewhere"])
def test_its_pages_are_not_there_for_others(client, name, who):
    organisation = OrganisationFactory()
    user = {
        "stranger": lambda: UserFactory(),
        "member": lambda: MembershipFactory(organisation=organisation).user,
        "former coordinator": lambda: MembershipFactory(organisation=organisation, role="coordinator", state="ended").user,
        "asking coordinator": lambda: MembershipFactory(organisation=organisation, role="coordinator", state="requested").user,
        "coordinator elsewhere": lambda: MembershipFactory(role="coordinator").user,
    }[who]()
    client.force_login(user)
    assert client.get(url(name, organisation)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_its_pages_lead_a_visitor_to_the_sign_in_and_take_no_other_verb(client, name):
    row = MembershipFactory(role="coordinator")
    assert client.get(url(name, row.organisation)).url.startswith("/account/login/")
    client.force_login(row.user)
    assert client.post(url(name, row.organisation)).status_code == 405


def test_bookings_stand_by_what_they_ask_with_seats_names_and_waiting(client, organisation):
    asks = booked(organisation, state="pending", stage="coordinator")
    nameless = booked(organisation, state="reserved", seats=2, session=SessionFactory(days=40))
    waits = booked(organisation, state="waiting", session=SessionFactory(days=50))
    at_team = booked(organisation, state="pending", stage="team", session=SessionFactory(days=60))
    over = booked(organisation, session=SessionFactory(days=-9))
    cancelled = booked(organisation, session=SessionFactory(state="cancelled", cancel_reason="Ziek."))
    booked(OrganisationFactory())
    overview = client.get(url("organisation", organisation)).context["overview"]
    assert overview.to_approve == [asks]
    assert overview.upcoming == [asks, nameless, waits, at_team]
    assert overview.past == [cancelled, over]
    assert (overview.seats, overview.nameless, overview.waiting) == (2, 2, 1)


def test_what_awaits_an_approval_leads_to_the_booking(client, organisation):
    booking = booked(organisation, state="pending", stage="coordinator")
    page = client.get(url("organisation", organisation)).content.decode()
    assert f'<a class="button button--small" href="{booking.get_absolute_url()}">' in page


def test_a_booking_of_somebody_who_left_stays_and_can_be_handed_over_later(client, organisation):
    left = MembershipFactory(organisation=organisation, state="ended").user
    to = MembershipFactory(organisation=organisation).user
    booking = booked(organisation, by=left)
    address = url("organisation-leave", organisation, left.pk)
    assert address in client.get(url("organisation", organisation)).content.decode()
    assert list(client.post(address, {"to": "nobody"}).context["form"].errors) == ["to"]
    client.post(address, {"to": str(to.pk)})
    booking.refresh_from_db()
    assert booking.booked_by == to
    assert client.get(address).status_code == 404


def test_ending_a_membership_asks_who_takes_the_bookings_over(client, organisation):
    leaver = MembershipFactory(organisation=organisation)
    to = MembershipFactory(organisation=organisation).user
    booking = booked(organisation, by=leaver.user)
    address = url("organisation-leave", organisation, leaver.user.pk)
    for wrong in ({}, {"to": "999999"}, {"to": str(leaver.user.pk)}):
        assert list(client.post(address, wrong).context["form"].errors) == ["to"]
    assert client.post(address, {"to": str(to.pk)}).url == reverse("network:members", args=[organisation.pk])
    leaver.refresh_from_db()
    booking.refresh_from_db()
    assert (leaver.state, booking.booked_by) == ("ended", to)


def test_the_bookings_may_stay_with_who_leaves(client, organisation):
    leaver = MembershipFactory(organisation=organisation)
    booking = booked(organisation, by=leaver.user)
    client.post(url("organisation-leave", organisation, leaver.user.pk), {"to": "nobody"})
    leaver.refresh_from_db()
    booking.refresh_from_db()
    assert (leaver.state, booking.booked_by) == ("ended", leaver.user)


def test_who_leaves_by_oneself_hands_over_too(client, organisation):
    own = MembershipFactory(organisation=organisation)
    to = MembershipFactory(organisation=organisation).user
    booking = booked(organisation, by=own.user)
    client.force_login(own.user)
    assert client.post(url("organisation-leave", organisation, own.user.pk), {"to": str(to.pk)}).url == reverse("network:mine")
    booking.refresh_from_db()
    assert booking.booked_by == to


def test_the_last_coordinator_is_asked_before_leaving(client, coordinator, organisation):
    address = url("organisation-leave", organisation, coordinator.user.pk)
    assert list(client.post(address, {}).context["form"].errors) == ["knowingly"]
    client.post(address, {"knowingly": "on"})
    coordinator.refresh_from_db()
    assert coordinator.state == "ended"


def test_nobody_ends_the_membership_of_a_colleague_without_coordinating(client, organisation):
    member, other = MembershipFactory(organisation=organisation), MembershipFactory(organisation=organisation)
    elsewhere = MembershipFactory(role="coordinator").user
    address = url("organisation-leave", organisation, other.user.pk)
    for user in (member.user, elsewhere, UserFactory()):
        client.force_login(user)
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    other.refresh_from_db()
    assert other.state == "active"


def test_the_address_of_a_merged_organisation_leads_to_the_one_that_stays(client, organisation):
    merged = OrganisationFactory(state="merged", merged_into=organisation)
    assert client.get(url("organisation", merged)).url == url("organisation", organisation)
    client.force_login(UserFactory())
    assert client.get(url("organisation", merged)).status_code == 404


def test_the_history_is_that_of_its_bookings(client, organisation):
    own, other = booked(organisation), booked(OrganisationFactory())
    entries = [HistoryEntry.objects.create(session=one.session, booking=one, verb="booked") for one in (own, other)]
    assert list(client.get(url("organisation-history", organisation)).context["page"]) == entries[:1]


def test_the_history_of_an_organisation_names_nobody_of_the_team_nor_what_is_beyond_the_seats(client, organisation):
    booking, team = booked(organisation), UserFactory(first_name="Ilse", last_name="Teamlid", groups=["Organisatoren"])
    facts = {"session": booking.session, "booking": booking, "verb": "added", "detail": "Sam Maes (+1)"}
    for by in (team, organisation.memberships.get().user, booking.booked_by):
        HistoryEntry.objects.create(by=by, **facts)
    lines = [line for _entry, line in client.get(url("organisation-history", organisation)).context["lines"]]
    assert [(line.detail, line.who) for line in lines] == [
        ("Sam Maes", str(booking.booked_by)), ("Sam Maes", "jij"), ("Sam Maes", "het team"),
    ]  # fmt: skip


def workbook(client, organisation):
    response = client.get(url("organisation-export", organisation))
    book = load_workbook(BytesIO(response.getvalue()))
    closed(response)
    return book


def sheets(client, organisation) -> dict[str, list[list]]:
    book = workbook(client, organisation)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book}


def test_the_export_holds_bookings_and_participants_of_the_organisation_and_no_access_needs(client, organisation):
    booking = booked(organisation, by=UserFactory(first_name="Noor", last_name="Claes"))
    person = booking.participants.get()
    AccessNeed.objects.create(participant=person, text="rolstoel")
    booked(OrganisationFactory())
    bookings, people = sheets(client, organisation).values()
    assert [(row[0], row[6], row[8:12]) for row in bookings] == [(booking.reference, "Noor Claes", [1, 0, 0, 0])]
    assert [(row[0], row[4], row[5]) for row in people] == [(booking.reference, person.family_name, "Amira")]
    assert "rolstoel" not in str(bookings + people)


def test_no_cell_of_the_export_becomes_a_formula(client, organisation):
    booking = booked(organisation, by=UserFactory(first_name="=1+1", last_name="@x"))
    booking.participants.update(first_name="=1+1", family_name="+1", function="-1\x0b", email="=1@school.demo")
    book = workbook(client, organisation)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("name", "cost"), [("organisation", 7), ("organisation-history", 7), ("organisation-export", 5)])
def test_its_pages_cost_the_same_for_one_and_three(client, organisation, django_assert_num_queries, name, cost, n):
    for _number in range(n):
        booking = booked(organisation, state="pending", stage="coordinator")
        entry = WaitingEntryFactory(booking=booked(organisation, state="waiting"))
        OfferFactory(entry=entry)
        booked(organisation, session=SessionFactory(days=-9))
        HistoryEntry.objects.create(session=booking.session, booking=booking, verb="booked", by=booking.booked_by)
    closed(client.get(url(name, organisation)))
    with django_assert_num_queries(with_session(cost)):
        closed(client.get(url(name, organisation)))


def test_my_bookings_lead_a_coordinator_to_those_of_the_organisation(client, organisation):
    assert url("organisation", organisation) in client.get(reverse("trainings:mine")).content.decode()
    assert url("organisation", organisation) in client.get(reverse("network:mine")).content.decode()
