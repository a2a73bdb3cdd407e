"""The booking page of a session with rules of its own: read before one types, kept when one sends."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import with_session
from tests.trainings.factories import SessionFactory, local, make_training
from tests.trainings.test_booking_flow import address, typed
from trainings import links
from trainings.booking import book_seats
from trainings.models import Booking, Participant
from trainings.seats import Person
from trainings.words import rules as rules_in_words

pytestmark = pytest.mark.django_db

EMPTY_ROW = {f"colleagues-0-{name}": "" for name in ("first_name", "family_name", "email", "function")}


@pytest.fixture
def partner(client):
    user = UserFactory(email="noor@school.demo")
    client.force_login(user)
    return user


def titles(session) -> list[str]:
    return [rule.title for rule in rules_in_words.of(session, AnonymousUser())]


def test_a_session_without_rules_says_nothing(client):
    session = SessionFactory()
    assert titles(session) == []
    assert "Goed om eerst te weten" not in client.get(address(session)).content.decode()


def test_every_rule_is_told_before_one_types(client):
    training = make_training(only_sectors=True)
    training.prerequisites.add(make_training(title="De basis"))
    training.save()
    session = SessionFactory(training=training, audience="organisations", approval="coordinator", seats_per_organisation=3)
    session.organisations.add(OrganisationFactory(name="Atheneum Zuid"))
    told = [
        "Alleen voor enkele sectoren",
        "Voor enkele organisaties",
        "Eerst te volgen",
        "Na goedkeuring",
        "Een grens per organisatie",
    ]
    assert titles(session) == told
    page = client.get(address(session)).content.decode()
    before_the_form = page.partition("<form method")[0]
    wanted = [
        *told,
        "De basis",
        "Eén organisatie kan 3 plaatsen krijgen",
        "Ondertussen houden we de plaatsen vrij.",
    ]
    assert [text for text in wanted if text not in before_the_form] == []


def test_which_organisations_are_invited_is_told_to_their_people_and_to_the_team_only(client):
    session = SessionFactory(audience="organisations")
    school = OrganisationFactory(name="Atheneum Zuid")
    session.organisations.add(school)
    asking, ours = (MembershipFactory(organisation=school, state=state).user for state in ("requested", "active"))
    readers = [AnonymousUser(), UserFactory(), asking, ours, UserFactory(groups=["Organisatoren"])]
    told = ["Atheneum Zuid" in rules_in_words.of(session, reader)[0].sentence for reader in readers]
    assert told == [False, False, False, True, True]
    assert "Atheneum Zuid" not in client.get(address(session)).content.decode().partition("<form method")[0]


def test_who_sees_the_booking_names_the_training_coordinator_too(client, partner):
    session = SessionFactory()
    booking = book_seats(session, by=partner, participants=[Person("An", "Maes", "an@school.demo")], without_name=1)
    seat = links.to_seat(booking.participants.order_by("pk").first())
    pages = [address(session), reverse("trainings:booking-names", args=[booking.reference]), seat, f"{seat}teruggeven/"]
    # In Dutch, or in English while the Dutch is still to come.
    words = ("vormingsverantwoordelijke", "training coordinator")
    bodies = [client.get(page, follow=True).content.decode() for page in pages]
    assert [any(word in body for word in words) for body in bodies] == [True] * 4


def test_who_is_kept_out_reads_so_instead_of_a_form(client, partner):
    session = SessionFactory(audience="invited", invited="iemand@school.demo")
    page = client.get(address(session)).content.decode()
    assert ("Je kunt voor deze sessie niet inschrijven" in page, 'name="first_name"' in page) == (True, False)


def test_who_is_invited_books(client, partner):
    session = SessionFactory(audience="invited", invited="NOOR@school.demo\niemand@school.demo")
    client.post(address(session), typed(**EMPTY_ROW))
    assert Participant.objects.get().email == "noor@school.demo"


def test_somebody_of_a_chosen_organisation_books_and_others_do_not(client, partner):
    school = OrganisationFactory()
    session = SessionFactory(audience="organisations")
    session.organisations.add(school)
    other = MembershipFactory(user=partner).organisation
    assert rules_in_words.keeps_out(session, partner)
    client.post(address(session), typed(organisation=other.pk))
    assert Booking.objects.count() == 0
    MembershipFactory(user=partner, organisation=school)
    client.post(address(session), typed(organisation=school.pk))
    assert Booking.objects.get().organisation == school


def test_a_newcomer_may_still_name_a_chosen_organisation(partner):
    session = SessionFactory(audience="organisations")
    session.organisations.add(OrganisationFactory())
    assert not rules_in_words.keeps_out(session, partner)


def test_prerequisites_are_declared_or_told(client, partner):
    training = make_training()
    training.prerequisites.add(make_training())
    training.save()
    session = SessionFactory(training=training)
    page = client.post(address(session), typed())
    assert (page.status_code, "Vink aan dat iedereen dit al volgde" in page.content.decode()) == (200, True)
    client.post(address(session), typed(prerequisites_met="on"))
    assert Booking.objects.count() == 1


def test_seats_are_booked_without_names(client, partner):
    session = SessionFactory()
    response = client.post(address(session), typed(**EMPTY_ROW, unnamed="3"))
    states = list(Participant.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["confirmed", "reserved", "reserved", "reserved"]
    page = client.get(response.url).content.decode()
    assert ("3 mensen zonder naam" in page, reverse("trainings:booking-names", args=[Booking.objects.get().reference]) in page) == (
        True,
        True,
    )


def test_a_whole_team_comes_as_a_number(client, partner):
    session = SessionFactory(capacity=80, head_count=True)
    data = typed(**EMPTY_ROW, unnamed="60", as_group="on")
    del data["takes_part"]
    client.post(address(session), data)
    booking = Booking.objects.get()
    assert (booking.head_count, booking.participants.seated().count(), booking.participants.nameless().count()) == (True, 60, 0)
    assert "60 mensen zonder naam" in client.get(booking.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("facts", "sent", "told"),
    [
        ({}, {"unnamed": "31"}, "Hoogstens 30 in één keer."),
        ({"head_count": True}, {"as_group": "on"}, "Met hoeveel komen jullie zonder naam?"),
        ({"head_count": True, "names_close_at": local(-1)}, {"unnamed": "2"}, "Namen later doorgeven kan niet meer"),
    ],
)
def test_seats_without_names_that_can_not_be_are_told(client, partner, facts, sent, told):
    page = client.post(address(SessionFactory(capacity=80, **facts)), typed(**sent))
    assert (page.status_code, told in page.content.decode(), Booking.objects.count()) == (200, True, 0)


def test_after_the_deadline_for_names_seats_without_one_are_not_offered(client):
    session = SessionFactory(names_close_at=local(-1))
    assert 'name="unnamed"' not in client.get(address(session)).content.decode()


def test_what_is_asked_for_is_not_called_booked(client, partner):
    session = SessionFactory(approval="team")
    assert "Deze plaatsen aanvragen" in client.get(address(session)).content.decode()
    response = client.post(address(session), typed())
    page = client.get(response.url).content.decode()
    assert ("We hebben je aanvraag" in page, "Je bent nog niet ingeschreven" in page) == (True, True)


def test_more_than_one_organisation_may_have_is_told_beside_it(client, partner):
    school = MembershipFactory(user=partner).organisation
    session = SessionFactory(seats_per_organisation=2)
    book_seats(session, by=UserFactory(), organisation=school, participants=[Person("Lien", "Maes")])
    page = client.post(address(session), typed(organisation=school.pk)).content.decode()
    assert ("Je organisatie kan in deze sessie nog 1 plaats krijgen." in page, Booking.objects.count()) == (True, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_a_booking_costs_the_same_for_one_and_three_people(client, partner, django_assert_num_queries, n):
    booking = book_seats(SessionFactory(), by=partner, participants=[Person(f"P{at}", "Maes") for at in range(n)], without_name=n)
    client.get(booking.get_absolute_url())
    with django_assert_num_queries(with_session(11)):
        client.get(booking.get_absolute_url())
