"""The team decides on bookings, changes who comes, gives names and moves people: the screens of the organiser."""

import pytest
from django.urls import reverse

from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import SessionFactory, local
from trainings.booking import book_seats
from trainings.models import Booking, HistoryEntry, Participant, Session
from trainings.seats import Person

pytestmark = pytest.mark.django_db

NOOR = Person("Noor", "De Clercq", "noor@school.demo", "leerkracht")
BERT = Person("Bert", "Claes", "bert@school.demo")


def url(name, *args) -> str:
    return reverse(f"organise:{name}", args=args)


def asked(session, *people: Person) -> Booking:
    return book_seats(session, by=UserFactory(), organisation=OrganisationFactory(), participants=people or [NOOR])


def states(session) -> list[tuple[str, str]]:
    return [(str(person), person.state) for person in session.participants.order_by("pk")]


def test_what_awaits_approval_stands_on_the_session_with_its_message(client):
    organiser(client)
    session = SessionFactory(approval="team")
    booking = asked(session)
    Booking.objects.update(message="We kunnen alleen die dag.")
    page = client.get(url("session", session.pk)).content.decode()
    wanted = ["Goed te keuren", "Noor De Clercq", "We kunnen alleen die dag.", url("decide", session.pk, booking.pk)]
    assert [text for text in wanted if text not in page] == []


def test_a_booking_is_approved_by_one_button(client):
    organiser(client)
    session = SessionFactory(approval="team")
    booking = asked(session)
    response = client.post(url("decide", session.pk, booking.pk), {"decision": "approve"})
    assert (response.url, states(session)) == (f"{url('session', session.pk)}#goed-te-keuren", [("Noor De Clercq", "confirmed")])


def test_a_no_needs_a_reason_and_the_booker_reads_it(client):
    organiser(client)
    session = SessionFactory(approval="team")
    booking = asked(session)
    page = client.post(url("decide", session.pk, booking.pk), {"decision": "refuse", "reason": " "})
    assert (page.status_code, states(session)) == (200, [("Noor De Clercq", "pending")])
    client.post(url("decide", session.pk, booking.pk), {"decision": "refuse", "reason": "Eerst de basis."})
    assert states(session) == [("Noor De Clercq", "refused")]
    assert "Eerst de basis." in OutboxMessage.objects.get(kind="booking_refused").text


def test_approving_beyond_the_last_seat_is_done_on_purpose_only(client):
    organiser(client)
    session = SessionFactory(approval="team", pending_holds_seat=False, capacity=1)
    first, second = asked(session), asked(session, BERT)
    client.post(url("decide", session.pk, first.pk), {"decision": "approve"})
    page = client.post(url("decide", session.pk, second.pk), {"decision": "approve"})
    assert ([*page.context["form"].errors], states(session)[1]) == (["overbook"], ("Bert Claes", "pending"))
    client.post(url("decide", session.pk, second.pk), {"decision": "approve", "overbook": "on"})
    assert states(session)[1] == ("Bert Claes", "confirmed")
    assert session.history.filter(verb=HistoryEntry.Verb.APPROVED).first().detail == "+1"


def test_deciding_twice_is_told(client):
    organiser(client)
    session = SessionFactory(approval="team")
    booking = asked(session)
    address = url("decide", session.pk, booking.pk)
    client.post(address, {"decision": "approve"})
    page = client.post(address, {"decision": "refuse", "reason": "Toch niet."}).content.decode()
    assert ("wacht niet op goedkeuring" in page, states(session)) == (True, [("Noor De Clercq", "confirmed")])


def test_the_team_sends_somebody_else_after_the_deadline_and_says_why(client):
    organiser(client)
    session = SessionFactory()
    booking = asked(session)
    Session.objects.update(changing_closes_at=local(-1))
    address = url("change-participant", session.pk, booking.participants.get().pk)
    typed = {"who": "other", "first_name": "Lien", "family_name": "Maes", "email": "lien@school.demo"}
    page = client.post(address, typed)
    assert (page.status_code, 'value="Lien"' in page.content.decode(), states(session)) == (
        200,
        True,
        [("Noor De Clercq", "confirmed")],
    )
    client.post(address, typed | {"reason": "Noor is ziek."})
    assert states(session) == [("Lien Maes", "confirmed")]
    assert "Noor is ziek." in session.history.first().detail


def test_an_address_that_has_a_seat_is_told_beside_the_field(client):
    organiser(client)
    session = SessionFactory()
    booking = asked(session, NOOR, BERT)
    address = url("change-participant", session.pk, booking.participants.get(first_name="Bert").pk)
    typed = {"who": "same", "first_name": "Bert", "family_name": "Claes", "email": NOOR.email, "reason": "Adres verbeterd."}
    page = client.post(address, typed)
    assert [*page.context["form"].errors] == ["email"]


def test_the_team_gives_names_after_the_deadline(client):
    organiser(client)
    session = SessionFactory()
    booking = book_seats(session, by=UserFactory(), without_name=2)
    Session.objects.update(names_close_at=local(-1))
    rows = {"names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "0", "names-0-first_name": "Lien", "names-0-family_name": "Maes"}
    response = client.post(url("name-seats", session.pk, booking.pk), rows)
    assert (response.status_code, states(session)) == (302, [("Lien Maes", "confirmed"), ("nog geen naam", "reserved")])


def test_a_name_without_a_family_name_is_told_and_kept(client):
    organiser(client)
    session = SessionFactory()
    booking = book_seats(session, by=UserFactory(), without_name=1)
    rows = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-first_name": "Lien"}
    page = client.post(url("name-seats", session.pk, booking.pk), rows)
    assert (page.status_code, 'value="Lien"' in page.content.decode(), states(session)) == (
        200,
        True,
        [("nog geen naam", "reserved")],
    )


def moving(session, *people) -> dict:
    return {"deelnemer": [person.pk for person in people], "reason": "De groep was te klein."}


def test_people_move_to_another_session_of_the_training(client):
    organiser(client)
    here = SessionFactory()
    there = SessionFactory(training=here.training, days=40)
    person = asked(here).participants.get()
    page = client.get(url("move-participants", here.pk), {"deelnemer": person.pk}).content.decode()
    assert there.code in page
    response = client.post(url("move-participants", here.pk), moving(here, person) | {"to": there.pk})
    assert response.url == f"{url('session', there.pk)}#deelnemers"
    assert (states(here), states(there)) == ([("Noor De Clercq", "cancelled")], [("Noor De Clercq", "confirmed")])


def test_moving_into_a_full_session_is_done_on_purpose_only(client):
    organiser(client)
    here = SessionFactory()
    there = SessionFactory(training=here.training, days=40, capacity=1)
    asked(there, BERT)
    person = asked(here).participants.get()
    page = client.post(url("move-participants", here.pk), moving(here, person) | {"to": there.pk})
    assert [*page.context["form"].errors] == ["overbook"]
    client.post(url("move-participants", here.pk), moving(here, person) | {"to": there.pk, "overbook": "on"})
    assert states(there) == [("Bert Claes", "confirmed"), ("Noor De Clercq", "confirmed")]


def test_moving_needs_a_session_and_a_reason(client):
    organiser(client)
    here = SessionFactory()
    SessionFactory(training=here.training, days=40)
    person = asked(here).participants.get()
    page = client.post(url("move-participants", here.pk), {"deelnemer": person.pk})
    assert sorted(page.context["form"].errors) == ["reason", "to"]


def test_without_another_session_moving_leads_to_planning_one(client):
    organiser(client)
    here = SessionFactory()
    person = asked(here).participants.get()
    page = client.get(url("move-participants", here.pk), {"deelnemer": person.pk}).content.decode()
    assert url("plan", here.training_id) in page


@pytest.mark.parametrize("name", ["change-participant", "name-seats", "decide"])
def test_what_belongs_to_another_session_is_not_there(client, name):
    organiser(client)
    booking = asked(SessionFactory())
    other = SessionFactory()
    pk = booking.participants.get().pk if name == "change-participant" else booking.pk
    assert client.get(url(name, other.pk, pk)).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_session_costs_the_same_for_one_and_three_of_each(client, django_assert_num_queries, n):
    organiser(client)
    session = SessionFactory(approval="team", capacity=30)
    for at in range(n):
        asked(session, Person(f"P{at}", "Maes"))
        book_seats(SessionFactory(), by=UserFactory(), without_name=1)
    Booking.objects.filter(session=session).update(stage="")
    Participant.objects.filter(session=session).update(state="confirmed")
    for at in range(n):
        asked(session, Person(f"Q{at}", "Maes"))
    Session.objects.filter(pk=session.pk).update(approval="")
    for _at in range(n):
        book_seats(session, by=UserFactory(), without_name=1)
    client.get(url("session", session.pk))
    with django_assert_num_queries(25):
        client.get(url("session", session.pk))
