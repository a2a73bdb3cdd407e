"""Whoever locks sessions and more locks the sessions first: two who went different ways would wait for each other."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.knowledge.factories import OrganisationFactory, SectorFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT
from tests.trainings.test_booking_flow import address, typed
from trainings.booking import book_seats
from trainings.changing import move_participants
from trainings.models import Booking
from trainings.privacy import personal

# SQLite has one lock for everything, taken when a transaction begins.
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]
LOCKS = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE')
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(trainings_\w+)"')


def locked(queries) -> list[str]:
    """The tables of which rows were locked, in this order."""
    return [found[1] for query in queries if (found := LOCKS.search(query["sql"]))]


@pytest.mark.parametrize("known", [True, False])
def test_who_names_an_organisation_for_the_first_time_locks_the_session_before_it(client, known):
    client.force_login(UserFactory())
    session, sector = SessionFactory(), SectorFactory()
    name = OrganisationFactory(sector=sector).name if known else "Vzw Nieuw"
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.post(address(session), typed(organisation_name=name, sector=sector.pk, city="Gent"))
    assert Booking.objects.get().organisation.name == name
    assert locked(asked)[0] == "trainings_session"


def test_removing_a_person_locks_every_session_before_anything_is_written():
    by, here, there = UserFactory(), SessionFactory(), SessionFactory()
    made = book_seats(here, by=by, participants=[BERT])
    move_participants(list(made.participants.all()), there, by=by)
    with CaptureQueriesContext(connection) as asked:
        personal.forget_person(BERT.email, by=by)
    statements = [query["sql"] for query in asked]
    first_write = next(at for at, sql in enumerate(statements) if WRITES.match(sql))
    [first_lock] = [sql for sql in statements[:first_write] if LOCKS.search(sql)][:1]
    # All of them in one statement, in the order of their keys.
    assert ("trainings_participant" in first_lock, "ORDER BY" in first_lock, "LIMIT" in first_lock) == (True, True, False)
