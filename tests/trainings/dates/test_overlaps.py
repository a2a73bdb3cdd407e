"""Somebody in two sessions at the same time: told before booking, after it, and to the team; never refused."""

import pytest
from django.urls import reverse

from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.dates import overlaps
from trainings.models import Booking, Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return SessionFactory(capacity=1)


@pytest.fixture
def noor():
    return UserFactory(email="noor@school.demo")


def elsewhere(email: str, at, **facts) -> Participant:
    """A seat in another session at the same time as `at`."""
    booking = BookingFactory(session=SessionFactory(days=30), **facts)
    assert booking.session.day_parts.get().starts_at == at.day_parts.get().starts_at
    return ParticipantFactory(booking=booking, first_name="Bert", family_name="Maes", email=email)


def form(client, session, data=None):
    address = reverse("trainings:booking-create", args=[session.code])
    page = client.post(address, data) if data is not None else client.get(address)
    return page, page.context["overlaps"]


def typed(**fields) -> dict:
    first = {"form_key": "0d6e1f6e-8c39-4b8e-9e37-2f1f5a7a5a01", "first_name": "Noor", "family_name": "Claes", "takes_part": "on"}
    rows = {"colleagues-TOTAL_FORMS": "1", "colleagues-INITIAL_FORMS": "0"}
    return first | rows | fields


def test_who_has_a_seat_at_the_same_time_is_told_on_the_form_whoever_booked_it(client, session, noor):
    seat = elsewhere("noor@school.demo", session)
    client.force_login(noor)
    page, [sentence] = form(client, session)
    assert seat.session.training.title in sentence
    assert sentence in page.content.decode().replace("&amp;", "&")


def test_a_form_that_comes_back_tells_it_of_colleagues_too_whom_one_booked(client, session, noor):
    elsewhere("bert@school.demo", session, booked_by=noor)
    client.force_login(noor)
    assert form(client, session)[1] == []
    page, [sentence] = form(client, session, typed(first_name="", **{"colleagues-0-email": " Bert@School.demo"}))
    assert (page.status_code, sentence.startswith("Bert Maes")) == (200, True)
    assert [len(form(client, session, typed(add="1", **{"colleagues-0-email": "bert@school.demo"}))[1])] == [1]


def test_who_does_not_take_part_is_not_told_of_the_own_seat(client, session, noor):
    elsewhere("noor@school.demo", session)
    client.force_login(noor)
    assert form(client, session, typed(takes_part="", first_name=""))[1] == []


def test_what_a_stranger_booked_for_a_colleague_is_not_told_and_a_visitor_is_told_nothing(client, session, noor):
    elsewhere("bert@school.demo", session)
    data = typed(first_name="", email="noor@school.demo", **{"colleagues-0-email": "bert@school.demo"})
    assert form(client, session, data)[1] == []
    client.force_login(noor)
    assert form(client, session, data)[1] == []


def test_a_warning_never_refuses(client, session, noor):
    elsewhere("noor@school.demo", session)
    client.force_login(noor)
    done = client.post(reverse("trainings:booking-create", args=[session.code]), typed(), follow=True)
    assert (Booking.objects.filter(session=session).count(), len(done.context["overlaps"])) == (1, 1)


@pytest.mark.parametrize("state", ["cancelled", "refused"])
def test_a_seat_that_was_given_back_or_refused_is_no_overlap(session, noor, state):
    seat = elsewhere("noor@school.demo", session)
    Participant.objects.filter(pk=seat.pk).update(state=state, cancelled_at=seat.booking.created_at)
    assert overlaps.told_to(noor, session, ["noor@school.demo"]) == []


def test_another_day_and_a_session_that_does_not_take_place_are_no_overlap(session, noor):
    for other in (SessionFactory(days=33), SessionFactory(state="cancelled", cancel_reason="Ziek.")):
        ParticipantFactory(booking=BookingFactory(session=other), email="noor@school.demo")
    assert overlaps.told_to(noor, session, ["noor@school.demo", ""]) == []


def test_the_team_is_told_when_it_adds_somebody_and_when_it_moves_somebody(client, session):
    organiser(client)
    elsewhere("sam@school.demo", session)
    sam = {"first_name": "Sam", "family_name": "Maes", "email": "Sam@school.demo"}
    added = client.post(reverse("organise:add-participant", args=[session.pk]), sam, follow=True)
    [_done, warning] = told(added)
    assert (warning.startswith("Bert Maes"), session.participants.count()) == (True, 1)
    elsewhere_too = SessionFactory(days=60, training=session.training)
    seat = ParticipantFactory(booking=BookingFactory(session=elsewhere_too), email="lena@school.demo")
    elsewhere("lena@school.demo", session)
    data = {"deelnemer": [seat.pk], "to": session.pk, "reason": "Zaal te klein.", "overbook": "on"}
    moved = client.post(reverse("organise:move-participants", args=[elsewhere_too.pk]), data, follow=True)
    [_done, warning] = told(moved)
    assert (warning.startswith("Bert Maes"), session.participants.count()) == (True, 2)


def test_the_team_reads_before_it_moves_somebody_in_which_session_that_is_twice(client, session):
    organiser(client)
    here, free = (SessionFactory(days=days, training=session.training) for days in (60, 40))
    addresses = ("lena@school.demo", "", "an@school.demo")
    seats = [ParticipantFactory(booking=BookingFactory(session=here), email=email) for email in addresses]
    elsewhere("lena@school.demo", session)
    # Who is in the session itself already is refused there, and told then.
    ParticipantFactory(booking=BookingFactory(session=session), email="an@school.demo")
    page = client.get(reverse("organise:move-participants", args=[here.pk]), {"deelnemer": [one.pk for one in seats]})
    [(there, [sentence])] = page.context["doubled"]
    assert (there, sentence.startswith("Bert Maes"), free in page.context["form"].fields["to"].queryset) == (session, True, True)


@pytest.mark.parametrize("n", [1, 3])
def test_looking_before_moving_costs_the_same_for_one_and_three(session, n, django_assert_num_queries):
    here = SessionFactory(days=60, training=session.training)
    people = [ParticipantFactory(booking=BookingFactory(session=here), email=f"n{at}@school.demo") for at in range(n)]
    targets = [session, *(SessionFactory(days=30) for _number in range(n - 1))]
    for person in people:
        elsewhere(person.email, session)
    with django_assert_num_queries(3):
        assert [len(sentences) for _there, sentences in overlaps.before_moving(people, targets)] == [n] * n


@pytest.mark.parametrize("n", [1, 3])
def test_telling_costs_the_same_for_one_and_three(session, noor, n, django_assert_num_queries):
    for number in range(n):
        elsewhere(f"n{number}@school.demo", session, booked_by=noor)
    with django_assert_num_queries(2):
        assert len(overlaps.told_to(noor, session, [f"n{number}@school.demo" for number in range(n)])) == n
