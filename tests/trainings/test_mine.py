"""`/mijn/`: my bookings and nobody else's."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.booking import book_seats
from trainings.models import Participant
from trainings.seats import Person

pytestmark = pytest.mark.django_db
PAGES = ["booking-detail", "booking-confirmed", "booking-cancel", "booking-agenda"]


@pytest.fixture
def partner(client):
    user = UserFactory(email="noor@school.demo")
    client.force_login(user)
    return user


@pytest.fixture
def booking(partner):
    people = [Person("Noor", "De Clercq", "noor@school.demo"), Person("Bert", "Claes")]
    return book_seats(SessionFactory(), by=partner, participants=people)


@pytest.mark.parametrize("name", PAGES)
def test_my_booking_opens(client, booking, name):
    assert client.get(reverse(f"trainings:{name}", args=[booking.reference])).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_somebody_elses_booking_is_not_there(client, partner, name):
    assert client.get(reverse(f"trainings:{name}", args=[BookingFactory().reference])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_led_to_the_sign_in(client, name):
    response = client.get(reverse(f"trainings:{name}", args=[BookingFactory().reference]))
    assert (response.status_code, response.url.startswith("/account/login/")) == (302, True)


def test_a_training_coordinator_sees_the_bookings_of_the_organisation(client, booking):
    coordinator = MembershipFactory(role="coordinator").user
    booking.organisation = coordinator.memberships.get().organisation
    booking.save()
    client.force_login(coordinator)
    assert client.get(booking.get_absolute_url()).status_code == 200


def test_giving_a_seat_back_asks_first_and_then_does_it(client, booking):
    address = reverse("trainings:booking-cancel", args=[booking.reference])
    bert = booking.participants.get(first_name="Bert")
    client.get(address)
    assert booking.participants.active().count() == 2
    response = client.post(address, {"participants": [bert.pk], "reason": "Ziek"}, follow=True)
    bert.refresh_from_db()
    assert (bert.state, bert.cancel_reason, response.redirect_chain[-1][0]) == (
        Participant.State.CANCELLED,
        "Ziek",
        booking.get_absolute_url(),
    )


def test_giving_back_without_choosing_anybody_is_told(client, booking):
    page = client.post(reverse("trainings:booking-cancel", args=[booking.reference]), {})
    assert (page.status_code, booking.participants.active().count()) == (200, 2)


def test_the_calendar_file_of_a_booking_names_no_participant(client, booking):
    file = client.get(reverse("trainings:booking-agenda", args=[booking.reference])).content
    [event] = Calendar.from_ical(file).walk("VEVENT")
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("n", [1, 3])
def test_my_bookings_cost_the_same_for_one_and_three(client, partner, django_assert_max_num_queries, n):
    for _number in range(n):
        ParticipantFactory(booking=BookingFactory(booked_by=partner))
    with django_assert_max_num_queries(8):
        client.get(reverse("trainings:mine"))


def test_what_is_over_stands_twenty_a_page(client, partner):
    for _number in range(21):
        ParticipantFactory(booking=BookingFactory(booked_by=partner, session=SessionFactory(state="cancelled", cancel_reason="x")))
    pages = [client.get(reverse("trainings:mine"), {"page": page}).content.decode() for page in (1, 2)]
    assert [page.count('<li class="session-row') for page in pages] == [20, 1]


def test_what_is_personal_is_never_kept(client, booking):
    response = client.get(booking.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"
