"""Ten years of sessions: each page and each job asks the same number of questions, and holds no more in memory."""

import gc
import tracemalloc
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shared import kept_answers
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local, make_training
from trainings import names, reminders, waiting
from trainings.models import Booking, Participant, Session
from trainings.sheets import rows
from website.demo import many

pytestmark = pytest.mark.django_db
# What shows all sessions that are still to come grows with those, and with nothing else; a feed with those of the past year too.
GROWS = {"catalogue": 15_000, "training page": 15_000, "calendar month": 15_000, "public feed": 15_000}
# Everything else holds what it held, but for what the interpreter leaves lying about.
AS_BEFORE = 150_000


def ways(client, team, partner_client, session) -> dict:
    """What is measured, by name."""
    training = session.training.slug

    def visited(path):
        return lambda: (kept_answers.forget(), client.get(path))

    return {
        "catalogue": visited("/vormingen/"),
        "training page": visited(f"/vormingen/{training}/"),
        "calendar month": visited("/vormingen/kalender/"),
        "public feed": visited("/vormingen/kalender.ics"),
        "list of sessions": lambda: team.get(reverse("organise:sessions")),
        "page of a session": lambda: team.get(reverse("organise:session", args=[session.pk])),
        "my bookings": lambda: partner_client.get("/mijn/"),
        "offers that ran out": waiting.close_due,
        "seats without a name": names.release_due,
        "reminders": reminders.remind_due,
        "reminders of names": names.remind_due,
    }


def measured(work) -> tuple[int, int]:
    """How many questions it asks of the database, and how many bytes it holds at most; not the first time it is done."""
    work()
    with CaptureQueriesContext(connection) as queries:
        work()
    asked = len(queries)
    gc.collect()
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return asked, peak


def shown(name: str) -> int:
    """How many sessions this shows that `many` made: those to come, and for a feed those of the past year."""
    made = Session.objects.filter(code__startswith=many.PREFIX)
    return made.filter(day_parts__ends_at__gt=local(-366)).count() if "feed" in name else made.filter(state="published").count()


@pytest.mark.parametrize("third", [195, pytest.param(3_900, marks=pytest.mark.long)])
def test_three_times_as_much_asks_as_little_and_holds_as_little(client, third):
    partner, session = UserFactory(), SessionFactory()
    make_training(), make_training()
    ParticipantFactory(booking=BookingFactory(session=session, booked_by=partner))
    mine, team = Client(), Client()
    organiser(team)
    mine.force_login(partner)
    found = ways(client, team, mine, session)
    people = third * many.PARTICIPANTS // many.SESSIONS
    many.load(third, people)
    before = {name: (measured(work), shown(name)) for name, work in found.items()}
    many.load(third * 2, people * 2)
    wrong = {}
    for name, work in found.items():
        (asked, held), were = before[name]
        (asks, holds), are = measured(work), shown(name)
        if asks != asked or holds - held > AS_BEFORE + GROWS.get(name, 0) * (are - were):
            wrong[name] = {"questions": (asked, asks), "bytes": (held, holds), "sessions": (were, are)}
    assert wrong == {}


def test_the_flat_data_of_three_times_as_many_sessions_takes_no_more_memory():
    make_training()
    held = []
    for number in (60, 120):
        many.load(number, number * 9)
        held.append(measured(read_all)[1])
    assert held[1] - held[0] <= AS_BEFORE


def read_all() -> None:
    """The rows of the workbook's data, one after the other."""
    for number, session in enumerate(rows.loaded(Session.objects.all())):
        for _row in rows.flat(session):
            pass
        # Sessions and people hold each other: what the collector has not seen yet is not held.
        if not number % rows.AT_ONCE:
            gc.collect()


def test_it_makes_what_is_asked_for_once_and_shows_how_far_it_is(settings):
    settings.DEMO = True
    make_training()
    told = StringIO()
    call_command("load_many", sessions=1_100, participants=2_300, stdout=told)
    assert told.getvalue().splitlines() == [
        "many: 1000 of 1100 sessions, 2090 of 2300 participants",
        "many: 1100 of 1100 sessions, 2300 of 2300 participants",
    ]
    assert (Session.objects.count(), Participant.objects.count()) == (1_100, 2_300)
    assert Booking.objects.exclude(organisation=None).count() == Booking.objects.count()
    with pytest.raises(CommandError, match="there already"):
        call_command("load_many", sessions=1, participants=1, stdout=told)


def test_it_refuses_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("load_many")
    assert not many.is_loaded()


def read_whole(cursor, sql: str) -> set[str]:
    """The tables that this question reads from end to end, as the planner of the database says."""
    if connection.vendor == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return {step.split()[1] for *_numbers, step in cursor.fetchall() if step.startswith("SCAN ")}
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
    return _read_whole(cursor.fetchone()[0][0]["Plan"])


def _read_whole(node: dict) -> set[str]:
    inner = set().union(*(_read_whole(each) for each in node.get("Plans", [])))
    conditions = {"Index Cond", "Recheck Cond"} & node.keys()
    return inner | ({node["Relation Name"]} if "Relation Name" in node and not conditions else set())


@pytest.fixture
def years(settings):
    """So many sessions and people that reading them all is worth avoiding, and the planner knows it."""
    settings.DEMO = True
    make_training()
    call_command("load_many", sessions=600, participants=3_000, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        yield cursor


def test_the_jobs_of_the_worker_do_not_read_all_participants(years):
    with CaptureQueriesContext(connection) as queries:
        waiting.close_due(), names.release_due(), reminders.remind_due(), names.remind_due()
    whole = set().union(*(read_whole(years, query["sql"]) for query in queries if query["sql"].startswith("SELECT")))
    assert whole & {"trainings_participant", "trainings_booking"} == set()


def test_the_check_itself_reports_a_table_that_is_read_whole(years):
    assert read_whole(years, "SELECT * FROM trainings_participant WHERE function = 'x'") == {"trainings_participant"}
    assert read_whole(years, "SELECT * FROM trainings_participant WHERE id = 1") == set()


def test_who_owes_names_is_reminded_once_and_told_how_many():
    due = BookingFactory(session=SessionFactory(names_close_at=local(3)))
    for _number in range(2):
        ParticipantFactory(booking=due, state="reserved", first_name="", family_name="")
    for session in (SessionFactory(names_close_at=local(3), state="draft"), SessionFactory(names_close_at=local(9))):
        ParticipantFactory(booking=BookingFactory(session=session), state="reserved", first_name="", family_name="")
    ParticipantFactory(booking=BookingFactory(session=due.session))
    assert [names.remind_due(), names.remind_due()] == [1, 0]
    assert [booking.nameless for booking in names._with_nameless_seats().filter(pk=due.pk)] == [2]
