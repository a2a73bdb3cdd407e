"""The attendance grid, and who came without a booking."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.trainings.admin_tools import organiser, own_queries
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local
from trainings import attendance
from trainings.models import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Over for some days: whatever hour it is, no day-part is the one of this moment."""
    return SessionFactory(days=-4, parts=2)


def seat(session, **fields):
    return ParticipantFactory(booking=BookingFactory(session=session), **fields)


def grid(session):
    return reverse("organise:attendance", args=[session.pk])


def walk_in(session):
    return reverse("organise:walk-in", args=[session.pk])


def test_the_grid_has_a_row_per_seat_and_a_cell_per_day_part(client, session):
    organiser(client)
    seat(session, family_name="Zeebroek")
    seat(session, family_name="Aerts")
    seat(session, state="waiting")
    rows = client.get(grid(session)).context["rows"]
    assert [(row.person.family_name, len(row.cells)) for row in rows] == [("Aerts", 2), ("Zeebroek", 2)]


def test_the_grid_shows_one_day_part_when_asked_to(client, session):
    organiser(client)
    seat(session)
    one, two = session.day_parts.all()
    shown = [client.get(grid(session), {"dagdeel": wanted}).context["parts"] for wanted in (two.pk, "alle", "onzin")]
    assert shown == [[two], [one, two], [one, two]]


def test_the_grid_begins_with_the_day_part_of_this_moment(client, session):
    organiser(client)
    seat(session)
    now = session.day_parts.last()
    now.starts_at, now.ends_at = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1)
    now.save()
    assert client.get(grid(session)).context["parts"] == [now]


def test_ticking_one_day_part_stays_with_it_and_leaves_the_others(client, session):
    ilse = organiser(client)
    person = seat(session)
    one, two = session.day_parts.all()
    attendance.note_attendance(session, marks={(person.pk, one.pk): "absent"}, by=ilse)
    response = client.post(f"{grid(session)}?dagdeel={two.pk}", {f"{person.pk}-{two.pk}": "present"})
    assert response.url == f"{grid(session)}?dagdeel={two.pk}"
    assert attendance.noted(session) == {(person.pk, one.pk): "absent", (person.pk, two.pk): "present"}


def test_ticking_notes_attendance(client, session):
    ilse = organiser(client)
    person, part = seat(session), session.day_parts.first()
    client.post(grid(session), {f"{person.pk}-{part.pk}": "partly"})
    assert attendance.noted(session) == {(person.pk, part.pk): "partly"}
    assert person.attendances.get().noted_by == ilse


def test_the_grid_shows_what_is_noted(client, session):
    organiser(client)
    person, part = seat(session), session.day_parts.first()
    client.post(grid(session), {f"{person.pk}-{part.pk}": "absent"})
    cell = client.get(grid(session)).context["rows"][0].cells[0]
    assert [choice.status for choice in cell.choices if choice.chosen] == ["absent"]


def test_all_present_keeps_the_exceptions_typed_with_it(client, session):
    organiser(client)
    amira, sam, part = seat(session), seat(session), session.day_parts.first()
    data = {f"{amira.pk}-{part.pk}": "", f"{sam.pk}-{part.pk}": "excused", "all_present": part.pk}
    client.post(grid(session), data)
    assert attendance.noted(session) == {(amira.pk, part.pk): "present", (sam.pk, part.pk): "excused"}


def test_what_a_colleague_noted_meanwhile_stays(client, session):
    ilse = organiser(client)
    amira, sam, part = seat(session), seat(session), session.day_parts.first()
    attendance.note_attendance(session, marks={(amira.pk, part.pk): "absent"}, by=ilse)
    # The page was opened before: it shows no mark for Amira, and only Sam was ticked on it.
    client.post(grid(session), {f"{amira.pk}-{part.pk}": "", f"{sam.pk}-{part.pk}": "present"})
    assert attendance.noted(session) == {(amira.pk, part.pk): "absent", (sam.pk, part.pk): "present"}


def test_a_mark_can_be_taken_away(client, session):
    ilse = organiser(client)
    person, part = seat(session), session.day_parts.first()
    attendance.note_attendance(session, marks={(person.pk, part.pk): "absent"}, by=ilse)
    client.post(grid(session), {f"was-{person.pk}-{part.pk}": "absent", f"{person.pk}-{part.pk}": ""})
    assert attendance.noted(session) == {}


@pytest.mark.parametrize("value", ["onzin", "PRESENT", "present'--"])
def test_an_unknown_mark_is_left_alone(client, session, value):
    organiser(client)
    person, part = seat(session), session.day_parts.first()
    assert client.post(grid(session), {f"{person.pk}-{part.pk}": value}).status_code == 302
    assert attendance.noted(session) == {}


@pytest.mark.parametrize("part", ["x", "0", "9" * 5000, "-1"])
def test_all_present_of_an_unknown_day_part_notes_nobody(client, session, part):
    organiser(client)
    seat(session)
    client.post(grid(session), {"all_present": part})
    assert attendance.noted(session) == {}


def test_before_its_day_the_grid_says_so_and_takes_only_excuses(client):
    organiser(client)
    session = SessionFactory(days=9)
    person, part = seat(session), session.day_parts.get()
    response = client.get(grid(session))
    [cell] = response.context["rows"][0].cells
    assert [choice.status for choice in cell.choices] == ["excused", ""]
    assert [sign for sign, _label in response.context["legend"]] == ["(✗)", "–"]
    assert (response.context["not_begun"], response.context["some_early"]) == ([part], True)
    assert [word in response.content.decode() for word in ("help-warning", "all_present", walk_in(session))] == [True, False, False]
    client.post(grid(session), {f"{person.pk}-{part.pk}": "excused"})
    assert attendance.noted(session) == {(person.pk, part.pk): "excused"}


def test_all_present_before_its_day_is_refused_with_a_word(client):
    organiser(client)
    session = SessionFactory(days=9)
    seat(session)
    response = client.post(grid(session), {"all_present": session.day_parts.get().pk}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert attendance.noted(session) == {}


def test_in_the_morning_of_its_day_the_grid_says_when_it_begins_and_can_be_ticked(client):
    organiser(client)
    session = SessionFactory(days=0)
    seat(session)
    session.day_parts.update(starts_at=local(0, 23, 58), ends_at=local(0, 23, 59))
    response = client.get(grid(session))
    assert (response.context["not_begun"], response.context["some_early"]) == ([session.day_parts.get()], False)
    assert "all_present" in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_there_is_no_grid_for_a_session_that_is_not_held(client, state):
    organiser(client)
    session = SessionFactory(state=state, cancel_reason="Ziekte" if state == "cancelled" else "")
    assert [client.get(grid(session)).status_code, client.post(walk_in(session)).status_code] == [404, 404]


def test_a_walk_in_gets_a_row(client, session):
    organiser(client)
    client.post(walk_in(session), {"first_name": "Sam", "family_name": "Onverwacht"})
    person = Participant.objects.get()
    assert (person.full_name, person.walk_in, person.session) == ("Sam Onverwacht", True, session)
    assert [row.person for row in client.get(grid(session)).context["rows"]] == [person]


def test_a_walk_in_without_a_name_stays_in_the_form(client, session):
    organiser(client)
    response = client.post(walk_in(session), {"first_name": "Sam", "family_name": ""})
    assert (list(response.context["form"].errors), response.context["form"]["first_name"].value()) == (["family_name"], "Sam")


@pytest.mark.parametrize("n", [1, 3])
def test_the_grid_costs_the_same_for_one_and_three_people(client, session, n):
    organiser(client)
    for _ in range(n):
        seat(session)
    # session, people, day-parts, what is noted, and the organisations of the form
    assert own_queries(client, grid(session)) == 5
