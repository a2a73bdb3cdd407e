"""The booking page, from a visitor without an account to a confirmed booking."""

import re

import pytest
from django.test import Client
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
    # Why is told by mail to who had a seat, and is nobody else's business.
    assert "De lesgever is ziek." not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_draft_session_is_not_there(client):
    assert client.get(address(SessionFactory(state=Session.State.DRAFT))).status_code == 404


def test_a_member_books_for_the_own_organisation_and_no_other(client, partner):
    own, other = MembershipFactory(user=partner).organisation, OrganisationFactory()
    session = SessionFactory()
    assert client.post(address(session), typed(organisation=other.pk)).status_code == 200
    client.post(address(session), typed(organisation=own.pk))
    assert [booking.organisation for booking in Booking.objects.all()] == [own]


def test_nobody_books_for_an_organisation_that_the_team_refused(client, partner):
    refused = MembershipFactory(user=partner, organisation__state="refused").organisation
    client.post(address(SessionFactory()), typed(organisation=refused.pk))
    assert [booking.organisation for booking in Booking.objects.all()] == [None]


def test_naming_a_known_organisation_asks_to_join_it(client, partner):
    organisation = OrganisationFactory(name="Atheneum De Vlinder")
    client.post(address(SessionFactory()), typed(organisation_name="atheneum de vlinder"))
    assert Booking.objects.get().organisation == organisation
    assert [(member.user, member.state) for member in Membership.objects.all()] == [(partner, Membership.State.REQUESTED)]


def test_naming_an_unknown_organisation_proposes_it_with_its_sector(client, partner):
    session, sector = SessionFactory(), SectorFactory()
    page = client.post(address(session), typed(organisation_name="De Nieuwe School"))
    assert (page.status_code, Organisation.objects.count()) == (200, 0)
    client.post(address(session), typed(organisation_name="De Nieuwe School", sector=sector.pk, city="Eeklo"))
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.city, organisation.state, Booking.objects.get().organisation) == (
        "De Nieuwe School",
        "Eeklo",
        Organisation.State.PROPOSED,
        organisation,
    )


def test_a_colleague_with_another_seat_at_the_same_time_is_a_warning(client, partner):
    session = SessionFactory()
    twin = SessionFactory(training=session.training)
    ParticipantFactory(booking=BookingFactory(session=twin, booked_by=partner), email="bert@school.demo")
    response = client.post(address(session), typed(), follow=True)
    assert len(response.context["overlaps"]) == 1


def test_a_seat_that_somebody_else_booked_for_a_stranger_is_not_told(client, partner):
    session = SessionFactory()
    twin = SessionFactory(training=session.training)
    ParticipantFactory(booking=BookingFactory(session=twin), email="bert@school.demo")
    response = client.post(address(session), typed(), follow=True)
    assert len(response.context["overlaps"]) == 0


def test_too_many_people_are_told_before_the_code_is_asked_for(client):
    session = SessionFactory(capacity=1)
    page = client.post(address(session), typed(email="nieuw@school.demo"))
    assert (page.status_code, OutboxMessage.objects.count()) == (200, 0)
    buttons = re.findall(r'<button class="button[^>]*>', page.content.decode())
    assert [("wait" in button) for button in buttons if "add" not in button] == [False, True]


def test_enter_goes_on_and_adds_no_row(client, partner):
    page = client.get(address(SessionFactory())).content.decode()
    first = re.search(r"<button[^>]*>", page.partition("<form")[2])[0]
    assert "name=" not in first


def test_a_refused_booking_leaves_no_organisation_and_no_name_behind(client, partner):
    session = SessionFactory(capacity=1)
    client.post(address(session), typed(organisation_name="De Nieuwe School", sector=SectorFactory().pk, city="Gent"))
    assert (Booking.objects.count(), Organisation.objects.count(), Membership.objects.count()) == (0, 0, 0)


def test_who_books_for_the_first_time_is_named_in_the_mail_to_colleagues(client):
    nameless = UserFactory(email="els@school.demo", first_name="", last_name="")
    client.force_login(nameless)
    client.post(address(SessionFactory()), typed(first_name="Els", family_name="Peeters"))
    assert "Els Peeters" in OutboxMessage.objects.get(to="bert@school.demo").text


def test_a_member_who_signs_in_on_the_way_books_for_the_own_organisation(client):
    member = MembershipFactory(user=UserFactory(email="noor@school.demo"))
    session = SessionFactory()
    client.post(address(session), typed(email="noor@school.demo"))
    client.force_login(member.user)
    form = client.get(address(session)).context["form"]
    assert form["organisation"].value() == str(member.organisation.pk)


def test_a_draft_keeps_the_fields_of_the_form_and_no_more(client):
    session = SessionFactory()
    client.post(address(session), typed(email="nieuw@school.demo", message="Trein", rubbish="x" * 100_000))
    kept = client.session["booking_drafts"][session.code]
    assert ("Trein" in kept, "rubbish" in kept, len(kept) < 5_000) == (True, False, True)


def test_nothing_is_kept_of_who_gets_no_code(client):
    client.post(address(SessionFactory()), typed(email="geen adres"))
    assert "booking_drafts" not in client.session


def test_a_training_for_some_sectors_is_booked_by_these_only(client, partner):
    session = SessionFactory()
    session.training.only_sectors = True
    session.training.save()
    member = MembershipFactory(user=partner, organisation=OrganisationFactory(sector=SectorFactory(slug="cultuur")))
    page = client.post(address(session), typed(organisation=member.organisation.pk))
    assert (page.status_code, Booking.objects.count()) == (200, 0)
    assert page.context["form"].errors["organisation"]
    session.training.sectors.add(member.organisation.sector)
    session.training.save()
    client.post(address(session), typed(organisation=member.organisation.pk))
    assert Booking.objects.count() == 1


def test_a_training_that_was_taken_off_the_site_takes_no_bookings(client, partner):
    session = SessionFactory()
    session.training.unpublish()
    assert client.get(address(session)).status_code == 404


@pytest.mark.parametrize("name", ["Bert https://x.example", "www.x.example", "Bert\u202e", "Bert\x07"])
def test_a_name_is_no_advertisement(client, partner, name):
    page = client.post(address(SessionFactory()), typed(**{"colleagues-0-first_name": name}))
    assert (page.status_code, Booking.objects.count()) == (200, 0)


def test_a_name_stays_on_one_line(client, partner):
    client.post(address(SessionFactory()), typed(first_name="Noor\r\nBcc:  x"))
    assert names()[0] == "Noor Bcc: x"


def test_one_form_sent_to_two_sessions_makes_two_bookings(client, partner):
    for session in (SessionFactory(), SessionFactory()):
        client.post(address(session), typed())
    assert Booking.objects.count() == 2


def test_what_was_typed_survives_a_page_that_no_longer_counts(partner):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(partner)
    page = strict.post(address(SessionFactory()), typed(message="We komen met de trein."))
    assert (page.status_code, Booking.objects.count()) == (403, 0)
    assert "We komen met de trein." in page.content.decode()


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
