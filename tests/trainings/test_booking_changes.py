"""`/mijn/`: names that follow, who comes instead, and what a training coordinator decides."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import Workbook

from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory, local
from tests.trainings.importing_tools import saved
from trainings.booking import book_seats
from trainings.models import Booking, HistoryEntry, Participant, Session
from trainings.seats import Person

pytestmark = pytest.mark.django_db

NOOR = Person("Noor", "De Clercq", "noor@school.demo", "leerkracht")


@pytest.fixture
def partner(client):
    user = UserFactory(email="noor@school.demo")
    client.force_login(user)
    return user


def names_page(booking) -> str:
    return reverse("trainings:booking-names", args=[booking.reference])


def rows(*people: tuple[str, str, str], seats: int) -> dict:
    """What a browser sends of the form with this many rows."""
    data = {"names-TOTAL_FORMS": str(seats), "names-INITIAL_FORMS": "0"}
    for at, (first, family, email) in enumerate(people):
        data |= {f"names-{at}-first_name": first, f"names-{at}-family_name": family, f"names-{at}-email": email}
    return data


def people_of(booking) -> list[tuple[str, str]]:
    return [(str(person), person.state) for person in booking.participants.order_by("pk")]


def test_names_are_kept_and_who_has_an_address_is_invited(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=2)
    response = client.post(names_page(booking), rows(("Bert", "Claes", "bert@school.demo"), seats=2))
    assert response.url == booking.get_absolute_url()
    assert people_of(booking) == [("Bert Claes", "confirmed"), ("naam volgt nog", "reserved")]
    assert OutboxMessage.objects.filter(to="bert@school.demo").count() == 1


def test_a_pasted_list_fills_the_rows_and_keeps_nothing_yet(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=2)
    page = client.post(names_page(booking), {"fill": "1", "pasted": "Bert Claes bert@school.demo\nLien;Maes"})
    text = page.content.decode()
    assert (page.status_code, booking.participants.nameless().count()) == (200, 2)
    assert [word in text for word in ('value="Bert"', 'value="Claes"', 'value="bert@school.demo"', 'value="Maes"')] == [True] * 4


def test_a_workbook_fills_the_rows_too(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=1)
    book = Workbook()
    book.active.append(["Voornaam", "Naam"])
    book.active.append(["Bert", "Claes"])
    page = client.post(names_page(booking), {"fill": "1", "workbook": ContentFile(saved(book).read(), name="namen.xlsx")})
    assert 'value="Claes"' in page.content.decode()


def test_what_a_list_got_wrong_is_told_beside_its_field(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=1)
    text = client.post(names_page(booking), {"fill": "1", "pasted": "Noor"}).content.decode()
    assert ('value="Noor"' in text, 'aria-invalid="true"' in text) == (True, True)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"pasted": ""}, "Plak minstens één naam"),
        ({"pasted": "Bert Claes\nLien Maes"}, "Er is 1 plaats zonder naam"),
        ({"workbook": ContentFile(b"geen werkboek", name="namen.xlsx")}, "geen Excel-bestand"),
    ],
)
def test_a_list_that_can_not_be_used_says_why_and_keeps_what_was_typed(client, partner, sent, told):
    booking = book_seats(SessionFactory(), by=partner, without_name=1)
    page = client.post(names_page(booking), {"fill": "1", **rows(("Jef", "", ""), seats=1), **sent}).content.decode()
    assert (told in page, 'value="Jef"' in page) == (True, True)


def test_a_list_fills_the_rows_that_are_free_and_keeps_what_was_typed(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=3)
    sent = {"fill": "1", "pasted": "Jef Maes\nBert Claes bert@school.demo", **rows(("", "", ""), ("Jef", "Maes", ""), seats=3)}
    form = client.post(names_page(booking), sent).context["rows"]
    assert [form[at]["first_name"].value() for at in range(3)] == ["Jef", "Bert", None]
    full = {"fill": "1", "pasted": "Bert Claes\nLien Maes\nAn Wouters", **rows(("Jef", "Maes", ""), seats=3)}
    page = client.post(names_page(booking), full)
    assert (list(page.context["list_form"].errors), page.context["rows"][0]["first_name"].value()) == (["pasted"], "Jef")


def test_nobody_filled_in_is_told(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=1)
    assert "Vul minstens één rij in." in client.post(names_page(booking), rows(seats=1)).content.decode()


def test_an_address_with_a_seat_in_the_session_is_told(client, partner):
    booking = book_seats(SessionFactory(), by=partner, participants=[NOOR], without_name=1)
    page = client.post(names_page(booking), rows(("Noor", "Twee", "noor@school.demo"), seats=1)).content.decode()
    assert ("Dit e-mailadres is al ingeschreven" in page, 'value="Twee"' in page) == (True, True)


def test_names_after_the_deadline_are_not_taken(client, partner):
    session = SessionFactory()
    booking = book_seats(session, by=partner, without_name=1)
    Session.objects.filter(pk=session.pk).update(names_close_at=local(-1))
    page = client.get(names_page(booking)).content.decode()
    assert ("De tijd om namen door te geven is om." in page, "<form method" in page.partition("<main")[2]) == (True, False)
    client.post(names_page(booking), rows(("Bert", "Claes", ""), seats=1))
    assert people_of(booking) == [("naam volgt nog", "reserved")]


def test_somebody_else_comes_by_the_booker(client, partner):
    booking = book_seats(SessionFactory(), by=partner, participants=[Person("Bert", "Claes", "bert@school.demo")])
    address = reverse("trainings:booking-change", args=[booking.reference, booking.participants.get().pk])
    data = {"who": "other", "first_name": "Lien", "family_name": "Maes", "email": "lien@school.demo"}
    assert client.post(address, data).url == booking.get_absolute_url()
    assert people_of(booking) == [("Lien Maes", "confirmed")]
    assert booking.history.first().verb == HistoryEntry.Verb.REPLACED


def test_a_change_without_a_choice_loses_nothing(client, partner):
    booking = book_seats(SessionFactory(), by=partner, participants=[NOOR])
    address = reverse("trainings:booking-change", args=[booking.reference, booking.participants.get().pk])
    page = client.post(address, {"first_name": "Lien", "family_name": "Maes"}).content.decode()
    assert ("Kies een van de twee." in page, 'value="Lien"' in page) == (True, True)


def test_after_the_deadline_nobody_is_sent_instead(client, partner):
    session = SessionFactory()
    booking = book_seats(session, by=partner, participants=[NOOR])
    Session.objects.filter(pk=session.pk).update(changing_closes_at=local(-1))
    address = reverse("trainings:booking-change", args=[booking.reference, booking.participants.get().pk])
    assert "Deze plaats kun je hier niet meer aanpassen." in client.get(address).content.decode()
    page = client.post(address, {"who": "other", "first_name": "Lien", "family_name": "Maes"})
    assert (page.status_code, people_of(booking)) == (200, [("Noor De Clercq", "confirmed")])


@pytest.mark.parametrize("name", ["booking-names", "booking-change"])
def test_a_booking_of_others_is_not_there(client, partner, name):
    booking = book_seats(SessionFactory(), by=UserFactory(), participants=[NOOR], without_name=1)
    pk = [booking.participants.first().pk] if name == "booking-change" else []
    assert client.get(reverse(f"trainings:{name}", args=[booking.reference, *pk])).status_code == 404


@pytest.fixture
def asked(client):
    """A colleague of the school asks for a seat; its training coordinator is signed in."""
    school = OrganisationFactory()
    coordinator = MembershipFactory(organisation=school, role="coordinator").user
    colleague = MembershipFactory(organisation=school).user
    session = SessionFactory(approval="coordinator")
    booking = book_seats(session, by=colleague, organisation=school, participants=[NOOR])
    client.force_login(coordinator)
    return booking


def test_the_coordinator_approves_and_then_it_is_the_teams_turn(client, asked):
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Keur je deze inschrijving goed?" in page
    client.post(reverse("trainings:booking-agree", args=[asked.reference]))
    assert Booking.objects.get().stage == Booking.Stage.TEAM
    assert "Keur je deze inschrijving goed?" not in client.get(asked.get_absolute_url()).content.decode()


def test_the_coordinator_does_not_approve_without_a_reason(client, asked):
    address = reverse("trainings:booking-refuse", args=[asked.reference])
    assert client.post(address, {"reason": ""}).status_code == 200
    assert Booking.objects.get().stage == Booking.Stage.COORDINATOR
    client.post(address, {"reason": "Eerst de basisvorming."})
    assert Participant.objects.get().state == "refused"
    assert "Eerst de basisvorming." in OutboxMessage.objects.get(kind="booking_refused").text


def test_what_awaits_the_team_is_not_refused_by_the_coordinator(client, asked):
    Booking.objects.update(stage=Booking.Stage.TEAM)
    page = client.post(reverse("trainings:booking-refuse", args=[asked.reference]), {"reason": "Toch niet."})
    assert (page.status_code, Participant.objects.get().state, Booking.objects.get().stage) == (200, "pending", "team")


def test_a_request_of_which_nobody_asks_any_more_awaits_nobody(client, asked):
    Participant.objects.update(state="confirmed")  # the team seated the one who waited
    assert not client.get(asked.get_absolute_url()).context["may_decide"]
    assert client.get(reverse("trainings:organisation", args=[asked.organisation_id])).context["overview"].to_approve == []


def test_approving_twice_is_told(client, asked):
    address = reverse("trainings:booking-agree", args=[asked.reference])
    client.post(address)
    page = client.post(address, follow=True).content.decode()
    assert "net beslist" in page


def test_who_booked_does_not_approve_their_own_booking(client, asked):
    client.force_login(asked.booked_by)
    assert client.post(reverse("trainings:booking-agree", args=[asked.reference])).status_code == 404
    assert client.get(reverse("trainings:booking-refuse", args=[asked.reference])).status_code == 404


def test_a_coordinator_of_another_organisation_sees_nothing(client, asked):
    client.force_login(MembershipFactory(role="coordinator").user)
    assert client.post(reverse("trainings:booking-agree", args=[asked.reference])).status_code == 404


def test_agreeing_takes_a_post(client, asked):
    assert client.get(reverse("trainings:booking-agree", args=[asked.reference])).status_code == 405


def test_seats_without_a_name_are_given_back_by_number(client, partner):
    booking = book_seats(SessionFactory(), by=partner, without_name=3)
    client.post(reverse("trainings:booking-cancel", args=[booking.reference]), {"unnamed": "2"})
    assert [state for _name, state in people_of(booking)] == ["reserved", "cancelled", "cancelled"]


@pytest.mark.parametrize("number", ["4", "0", "", "-1"])
def test_a_number_of_seats_that_is_not_there_is_told(client, partner, number):
    booking = book_seats(SessionFactory(), by=partner, without_name=3)
    page = client.post(reverse("trainings:booking-cancel", args=[booking.reference]), {"unnamed": number})
    assert (page.status_code, booking.participants.nameless().count()) == (200, 3)


def test_a_seat_with_a_number_that_no_seat_can_have_is_told(client, partner):
    booking = book_seats(SessionFactory(), by=partner, participants=[NOOR])
    address = reverse("trainings:booking-cancel", args=[booking.reference])
    page = client.post(address, {"participants": ["9" * 30]})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["participants"])


def test_a_request_can_be_withdrawn_also_after_the_deadline_for_cancelling(client, partner):
    session = SessionFactory(approval="team")
    booking = book_seats(session, by=partner, participants=[NOOR])
    Session.objects.filter(pk=session.pk).update(cancelling_closes_at=local(-1))
    assert "Deze aanvraag intrekken" in client.get(booking.get_absolute_url()).content.decode()
    client.post(reverse("trainings:booking-cancel", args=[booking.reference]), {"participants": [booking.participants.get().pk]})
    assert people_of(booking) == [("Noor De Clercq", "cancelled")]
