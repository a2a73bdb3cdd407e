"""A booker reads what happened to a booking: in Dutch, without codes, and without the names of the team."""

import pytest
from django.utils import translation

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.changing import move_participants
from trainings.models import HistoryEntry
from trainings.words.history import told

pytestmark = pytest.mark.django_db


def entry(booking, verb="booked", detail="", by=None):
    return HistoryEntry.objects.create(session=booking.session, booking=booking, verb=verb, detail=detail, by=by)


def test_every_verb_has_words_in_dutch():
    with translation.override("en"):
        english = {verb: str(HistoryEntry.Verb(verb).label) for verb in HistoryEntry.Verb.values}
    with translation.override("nl"):
        dutch = {verb: str(HistoryEntry.Verb(verb).label) for verb in HistoryEntry.Verb.values}
    assert [verb for verb in dutch if dutch[verb] in (english[verb], verb)] == []


def test_the_booker_reads_everything_that_happened(client):
    booking = BookingFactory()
    for verb in HistoryEntry.Verb.values:
        entry(booking, verb)
    sign_in(client, booking.booked_by)
    body = client.get(booking.get_absolute_url()).content.decode()
    assert [verb.value for verb in HistoryEntry.Verb if str(verb.label) not in body] == []


@pytest.mark.parametrize(
    ("verb", "detail", "says"),
    [
        ("booked", "1", "1 plaats"),
        ("waiting", "3", "3 plaatsen"),
        ("approved", "+2", ""),
        ("added", "Sam Maes (+1)", "Sam Maes"),
        ("replaced", "Sam Maes → Els Claes (ziek)", "Sam Maes → Els Claes (ziek)"),
    ],
)
def test_numbers_are_told_as_seats_and_overbooking_is_the_teams_affair(verb, detail, says):
    booking = BookingFactory()
    entry(booking, verb, detail)
    assert [line.detail for line in told(booking, booking.booked_by)] == [says]


def test_the_team_is_the_team_the_reader_is_you_and_others_have_a_name():
    booking = BookingFactory()
    ilse, els = UserFactory(groups=["Organisatoren"]), UserFactory(first_name="Els", last_name="Claes")
    for by in (ilse, booking.booked_by, els, None):
        entry(booking, by=by)
    assert [line.who for line in told(booking, booking.booked_by)] == ["", "Els Claes", "jij", "het team"]


def test_a_move_tells_the_day_and_not_the_code():
    seat = ParticipantFactory()
    there = SessionFactory(training=seat.session.training, days=40)
    [arrived] = move_participants([seat], there, by=UserFactory(groups=["Organisatoren"]))
    details = [told(booking, booking.booked_by)[0].detail for booking in (seat.booking, arrived.booking)]
    codes = (seat.session.code, there.code)
    assert [(str(seat) in detail, any(code in detail for code in codes)) for detail in details] == [(True, False)] * 2


@pytest.mark.parametrize("n", [1, 3])
def test_the_history_costs_the_same_for_one_and_three_entries(n, django_assert_num_queries):
    booking, team = BookingFactory(), UserFactory(groups=["Organisatoren"])
    for _number in range(n):
        entry(booking, by=team)
    with django_assert_num_queries(2):
        told(booking, booking.booked_by)
