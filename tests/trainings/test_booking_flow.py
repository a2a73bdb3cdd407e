"""The booking page, from a visitor without an account to a confirmed booking."""

import pytest
from django.urls import reverse

from knowledge.network.models import Membership, Organisation
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory, SectorFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.models import Booking, Participant, Session

pytestmark = pytest.mark.django_db


def address(session) -> str:
    return reverse("trainings:booking-create", args=[session.code])


def typed(**fields) -> dict:
    """What somebody types who books for oneself and one colleague."""
    return {
        "form_key": "0d6e1f6e-8c39-4b8e-9e37-2f1f5a7a5a01",
        "first_name": "Noor",
        "family_name": "De Clercq",
        "takes_part": "on",
        "function": "leerkracht",
        "message": "",
        "colleagues-TOTAL_FORMS": "1",
        "colleagues-INITIAL_FORMS": "0",
        "colleagues-0-first_name": "Bert",
        "colleagues-0-family_name": "Van den Broeck",
        "colleagues-0-email": "bert@school.demo",
        "colleagues-0-function": "",
    } | fields


@pytest.fixture
def partner(client):
    user = UserFactory(email="noor@school.demo")
    client.force_login(user)
    return user


def names() -> list[str]:
    return list(Participant.objects.order_by("pk").values_list("first_name", flat=True))


def test_a_partner_books_in_three_requests(client, partner):
    session = SessionFactory()
    assert client.get(address(session)).status_code == 200
    response = client.post(address(session), typed())
    booking = Booking.objects.get()
    assert response.url == reverse("trainings:booking-confirmed", args=[booking.reference])
    page = client.get(response.url)
    assert (page.status_code, names(), booking.booked_by) == (200, ["Noor", "Bert"], partner)


def test_a_visitor_books_with_a_code_from_the_mail_and_loses_nothing_typed(client):
    session = SessionFactory()
    response = client.post(address(session), typed(email="nieuw@school.demo", message="We komen met de trein."))
    assert (response.status_code, Booking.objects.count()) == (302, 0)
    code = OutboxMessage.objects.get(to="nieuw@school.demo").text.split()
    [code] = [word.strip(".:") for word in code if word.strip(".:").isdecimal() and len(word.strip(".:")) == 6]
    back = client.post(response.url, {"code": code})
    assert back.url == address(session)
    page = client.get(back.url).content.decode()
    assert "We komen met de trein." in page
    assert 'value="Bert"' in page
    client.post(back.url, typed(message="We komen met de trein."))
    assert (names(), Booking.objects.get().booked_by.email) == (["Noor", "Bert"], "nieuw@school.demo")


def test_an_address_is_never_part_of_an_address_bar(client):
    response = client.post(address(SessionFactory()), typed(email="nieuw@school.demo"))
    assert "school.demo" not in response.url


def test_wrong_input_is_told_beside_the_field_and_loses_nothing(client, partner):
    page = client.post(address(SessionFactory()), typed(**{"family_name": "", "colleagues-0-email": "geen adres"}))
    text = page.content.decode()
    assert (page.status_code, Booking.objects.count()) == (200, 0)
    assert 'value="Bert"' in text
    assert 'value="geen adres"' in text
    assert 'aria-invalid="true"' in text


def test_one_more_row_keeps_what_was_typed_and_complains_of_nothing(client, partner):
    page = client.post(address(SessionFactory()), typed(add="1", family_name="")).content.decode()
    assert 'name="colleagues-1-first_name"' in page
    assert 'value="Bert"' in page
    assert "error-summary" not in page


def test_an_empty_row_is_nobody(client, partner):
    empty = {f"colleagues-0-{name}": "" for name in ("first_name", "family_name", "email", "function")}
    client.post(address(SessionFactory()), typed(**empty))
    assert names() == ["Noor"]


def test_nobody_takes_part_is_a_mistake_that_is_told(client, partner):
    empty = {f"colleagues-0-{name}": "" for name in ("first_name", "family_name", "email", "function")}
    data = typed(**empty)
    del data["takes_part"]
    page = client.post(address(SessionFactory()), data)
    assert (page.status_code, Booking.objects.count()) == (200, 0)


def test_a_session_that_fills_up_meanwhile_offers_its_waiting_list(client, partner):
    session = SessionFactory(capacity=1)
    page = client.post(address(session), typed())
    assert (page.status_code, Booking.objects.count()) == (200, 0)
    assert 'name="wait"' in page.content.decode()
    client.post(address(session), typed(wait="1", fewer_is_fine="on"))
    assert set(Participant.objects.values_list("state", flat=True)) == {"waiting"}


def test_an_address_with_a_seat_is_told_beside_the_row_of_that_colleague(client, partner):
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="bert@school.demo")
    page = client.post(address(session), typed()).content.decode()
    assert "#id_colleagues-0-email" in page


def test_a_closed_session_says_so_instead_of_asking_anything(client):
    session = SessionFactory(state=Session.State.CANCELLED, cancel_reason="De lesgever is ziek.")
    page = client.get(address(session)).content.decode()
    assert "De lesgever is ziek." in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_draft_session_is_not_there(client):
    assert client.get(address(SessionFactory(state=Session.State.DRAFT))).status_code == 404


def test_a_member_books_for_the_own_organisation_and_no_other(client, partner):
    own, other = MembershipFactory(user=partner).organisation, OrganisationFactory()
    session = SessionFactory()
    assert client.post(address(session), typed(organisation=other.pk)).status_code == 200
    client.post(address(session), typed(organisation=own.pk))
    assert [booking.organisation for booking in Booking.objects.all()] == [own]


def test_naming_a_known_organisation_asks_to_join_it(client, partner):
    organisation = OrganisationFactory(name="Atheneum De Vlinder")
    client.post(address(SessionFactory()), typed(organisation_name="atheneum de vlinder"))
    assert Booking.objects.get().organisation == organisation
    assert [(member.user, member.state) for member in Membership.objects.all()] == [(partner, Membership.State.REQUESTED)]


def test_naming_an_unknown_organisation_proposes_it_with_its_sector(client, partner):
    session, sector = SessionFactory(), SectorFactory()
    page = client.post(address(session), typed(organisation_name="De Nieuwe School"))
    assert (page.status_code, Organisation.objects.count()) == (200, 0)
    client.post(address(session), typed(organisation_name="De Nieuwe School", sector=sector.pk))
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.state, Booking.objects.get().organisation) == (
        "De Nieuwe School",
        Organisation.State.PROPOSED,
        organisation,
    )


def test_a_colleague_with_another_seat_at_the_same_time_is_a_warning(client, partner):
    session = SessionFactory()
    twin = SessionFactory(training=session.training)
    ParticipantFactory(booking=BookingFactory(session=twin), email="bert@school.demo")
    response = client.post(address(session), typed(), follow=True)
    assert len(response.context["overlaps"]) == 1


@pytest.mark.parametrize("number", ["-1", "99999999999999999999", "abc", ""])
def test_a_row_count_that_was_tampered_with_breaks_nothing(client, partner, number):
    page = client.post(address(SessionFactory()), typed(**{"colleagues-TOTAL_FORMS": number, "add": "1"}))
    assert page.status_code == 200


def test_the_booking_page_asks_the_same_number_of_questions_whatever_the_number_of_participants(
    client, partner, django_assert_max_num_queries
):
    session = SessionFactory()
    ParticipantFactory.create_batch(3, booking=BookingFactory(session=session))
    with django_assert_max_num_queries(16):
        client.get(address(session))
