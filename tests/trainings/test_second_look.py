"""What is said about a plan that deserves a second look, and what is not."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.knowledge.factories import OrganisationFactory
from tests.trainings.factories import BRUSSELS, SessionFactory, TrainerFactory, VenueFactory, make_training
from trainings import second_look
from trainings.dates import clashes
from trainings.second_look import doubts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_quiet_day(monkeypatch):
    """Sessions are planned from today on: whether that is a Sunday or a holiday is another question."""
    monkeypatch.setattr(second_look, "_days_off", lambda parts: [])


def planned(venue=None, room="", trainer=None, **fields):
    """A session of one morning in 30 days."""
    session = SessionFactory(**fields)
    session.day_parts.update(venue=venue, room=room)
    session.trainers.set([trainer] if trainer else [])
    return session


def moved(session, **by):
    """The same session, its day-parts so much later."""
    for part in session.day_parts.all():
        part.starts_at, part.ends_at = part.starts_at + timedelta(**by), part.ends_at + timedelta(**by)
        part.save()
    return session


def in_the_way(session):
    [found] = clashes.find([clashes.Wanted(session.day_parts.all(), session.trainers.all(), session.pk)])
    return [(clash.part, clash.what) for clash in found]


def said(session):
    return [doubt.text for doubt in doubts(session)]


def test_a_venue_finds_the_session_that_is_there_already():
    venue = VenueFactory()
    session, other = planned(venue), planned(venue, code="V16-26-01")
    planned(VenueFactory())
    planned(None)
    assert in_the_way(session) == [(other.day_parts.get(), venue)]
    [doubt] = doubts(session)
    assert (doubt.session_pk, venue.name in doubt.text, "V16-26-01" in doubt.text) == (other.pk, True, True)


@pytest.mark.parametrize(("hours", "clash"), [(2, True), (3, False), (-2, True), (-3, False), (24, False)])
def test_a_venue_lets_sessions_follow_each_other(hours, clash):
    venue = VenueFactory()
    session = planned(venue)
    moved(planned(venue), hours=hours)
    assert bool(in_the_way(session)) == clash


@pytest.mark.parametrize(
    ("room", "other", "clash"),
    [("2.1", "2.1", True), ("Zolder", "zolder", True), ("2.1", "2.2", False), ("", "2.2", True), ("2.1", "", True)],
)
def test_a_venue_lets_two_rooms_be_used_at_once(room, other, clash):
    venue = VenueFactory()
    session = planned(venue, room)
    planned(venue, other)
    assert bool(in_the_way(session)) == clash


@pytest.mark.parametrize(("state", "clash"), [("draft", True), ("published", True), ("done", True), ("cancelled", False)])
def test_a_venue_leaves_out_what_is_cancelled(state, clash):
    venue = VenueFactory()
    session = planned(venue)
    planned(venue, state=state, cancel_reason="Ziekte" if state == "cancelled" else "")
    assert bool(in_the_way(session)) == clash


def test_a_trainer_finds_who_is_elsewhere_then():
    sam = TrainerFactory(name="Sam")
    session, other = planned(trainer=sam), planned(trainer=sam, code="V16-26-01")
    other.trainers.add(TrainerFactory())
    planned(trainer=TrainerFactory())
    moved(planned(trainer=sam), days=1)
    assert in_the_way(session) == [(other.day_parts.get(), sam)]
    [doubt] = doubts(session)
    assert (doubt.session_pk, doubt.text.startswith("Sam "), "V16-26-01" in doubt.text) == (other.pk, True, True)


def test_a_clash_of_three_day_parts_is_said_once():
    venue, sam = VenueFactory(), TrainerFactory()
    session = planned(venue, trainer=sam, parts=3)
    planned(venue, trainer=sam, parts=3)
    assert len(said(session)) == 2


@pytest.mark.parametrize(("holds", "doubtful"), [(9, True), (10, False), (None, False)])
def test_more_seats_than_the_venue_holds_is_said(holds, doubtful):
    assert bool(said(planned(VenueFactory(capacity=holds), capacity=10))) == doubtful


@pytest.mark.parametrize(("capacity", "doubtful"), [(7, True), (8, False), (14, False), (15, True)])
def test_a_group_larger_or_smaller_than_the_training_is_made_for_is_said(capacity, doubtful):
    assert bool(said(planned(training=make_training(group_min=8, group_max=14), capacity=capacity))) == doubtful


@pytest.mark.parametrize(
    ("day", "doubtful"),
    [
        (datetime(2026, 12, 25, 9), True),  # Christmas
        (datetime(2026, 11, 28, 9), True),  # a Saturday
        (datetime(2026, 12, 22, 9), True),  # Christmas holidays
        (datetime(2026, 12, 15, 9), False),
    ],
)
def test_a_day_off_is_said(monkeypatch, day, doubtful):
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 1, 9, tzinfo=BRUSSELS))
    session = planned()
    start = day.replace(tzinfo=BRUSSELS)
    session.day_parts.update(starts_at=start, ends_at=start + timedelta(hours=3))
    assert bool(said(session)) == doubtful


@pytest.mark.parametrize(("state", "doubtful"), [("draft", True), ("published", False)])
def test_a_draft_that_begins_in_the_past_is_said(state, doubtful):
    assert bool(said(planned(state=state, days=-1))) == doubtful


@pytest.mark.parametrize("fields", [{"state": "done"}, {"state": "cancelled", "cancel_reason": "Ziekte"}, {"days": -9}])
def test_nothing_is_said_of_a_session_that_is_over_or_off(fields):
    venue = VenueFactory(capacity=1)
    planned(venue, **fields)
    assert said(planned(venue, capacity=30, **fields)) == []


def test_what_is_said_names_numbers():
    session = planned(VenueFactory(name="Het Lantaarnhuis", capacity=14), capacity=30)
    assert said(session) == [
        "Het Lantaarnhuis biedt plaats aan 14 mensen; de sessie heeft 30 plaatsen.",
        "De vorming is gemaakt voor een groep van 8 tot 16; de sessie heeft 30 plaatsen.",
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_doubts_cost_the_same_for_one_and_three_clashes(django_assert_num_queries, n):
    venue, sam = VenueFactory(), TrainerFactory()
    session = planned(venue, trainer=sam, parts=n)
    for _ in range(n):
        planned(venue, trainer=sam, parts=n)
    # day-parts with their venues, the same venue, the same trainers
    with django_assert_num_queries(4):
        doubts(session)


def test_a_session_for_the_invited_of_whom_nobody_is_invited_says_so():
    school = OrganisationFactory()
    for facts in ({"audience": "invited"}, {"audience": "organisations"}):
        session = planned(**facts)
        assert len(said(session)) == 1
        session.invited = "jan@school.demo"
        session.organisations.add(school)
        assert said(session) == []
