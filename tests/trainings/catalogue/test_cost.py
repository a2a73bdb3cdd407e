"""What the catalogue costs, cold and warm, and when what is kept of it grows old."""

import gzip
from itertools import count

import pytest

from shared import kept_answers, versions
from tests.people.factories import UserFactory
from tests.trainings.catalogue_tools import DEADLINES, titles
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local, make_training
from trainings.catalogue import cards, snapshot
from trainings.catalogue.facts import SessionFacts
from trainings.models import DayPart, Session, TrainingPage

pytestmark = pytest.mark.django_db


# What it costs


def warm(client) -> None:
    """The brand is in memory, as after the first request of a process; the catalogue is not."""
    client.get("/vormingen/kalender/")
    kept_answers._answers.clear()
    kept_answers._latest.pop("catalogue", None)


@pytest.fixture
def many():
    """Makes so many sessions with two day-parts and a participant each, without asking each one."""
    numbers = count(1)

    def make(number: int):
        trainings = [make_training(title=f"Vorming {next(numbers)}") for _ in range(3)]
        at = {name: local(20) for name in DEADLINES}
        rows = [
            Session(training=trainings[place % 3], code=f"N{place}", capacity=10, state=Session.State.PUBLISHED, **at)
            for place in range(number)
        ]
        sessions = Session.objects.bulk_create(rows)
        DayPart.objects.bulk_create(
            DayPart(session=session, starts_at=local(30 + half, 9), ends_at=local(30 + half, 12))
            for session in sessions
            for half in (0, 1)
        )

    return make


@pytest.mark.parametrize("n", [1, 3, 1170])
def test_the_catalogue_asks_four_questions_cold_and_one_warm(client, many, django_assert_num_queries, n):
    many(n)
    warm(client)
    # The version; then the trainings, their themes and sectors, and the coming sessions.
    with django_assert_num_queries(4):
        client.get("/vormingen/")
    with django_assert_num_queries(1):
        client.get("/vormingen/")
    with django_assert_num_queries(1):
        client.get("/vormingen/?q=kijken&sector=onderwijs&plaatsen=1")


def test_a_filter_asks_four_questions_at_most(client, many, django_assert_num_queries):
    many(3)
    warm(client)
    with django_assert_num_queries(4):
        client.get("/vormingen/?q=kijken&sector=onderwijs&plaatsen=1")


def test_a_session_that_has_begun_is_not_coming_any_more(many):
    many(2)
    assert len(snapshot.read().coming()) == 2
    DayPart.objects.filter(starts_at__lt=local(31)).update(starts_at=local(-1, 9), ends_at=local(-1, 12))
    assert snapshot.read().coming() == []


def test_a_new_version_makes_only_the_cards_anew_that_changed(client):
    make_training(title="Same"), make_training(title="Other", slug="other")
    client.get("/vormingen/")
    before = cards.card.cache_info().misses
    TrainingPage.objects.filter(slug="other").update(title="Changed")
    versions._count("catalogue")
    assert titles(client.get("/vormingen/")) == ["Changed", "Same"]
    assert cards.card.cache_info().misses == before + 1


def test_who_has_the_page_already_is_told_so_with_one_question(client, django_assert_num_queries):
    make_training()
    etag = client.get("/vormingen/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/vormingen/", headers={"If-None-Match": etag}).status_code == 304


def test_somebody_with_a_session_gets_a_page_of_their_own(client):
    make_training()
    client.force_login(UserFactory())
    response = client.get("/vormingen/")
    assert (response.has_header("ETag"), response["Cache-Control"]) == (False, "private, no-store")


def test_packed_once_it_is_not_packed_again(client):
    make_training(title="Kijk")
    response = client.get("/vormingen/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"Kijk" in gzip.decompress(response.content)


def test_the_snapshot_has_the_facts_of_the_rows(django_assert_num_queries):
    session = SessionFactory(parts=2, capacity=5)
    ParticipantFactory(booking=BookingFactory(session=session))
    training, first = session.training, session.day_parts.first()
    with django_assert_num_queries(3):
        read = snapshot.read()
    [(found, of)] = read.coming()
    assert (of.pk, of.code, of.price, of.published_at) == (training.pk, training.code, training.price, training.first_published_at)
    assert found == SessionFacts(
        session.pk, training.pk, session.code, first.starts_at, session.day_parts.last().ends_at, 2, "", "nl",
        5, 1, None, True, session.booking_closes_at, False, first.starts_at.date(), f"{first.starts_at:%Y-%m}",
    )  # fmt: skip
