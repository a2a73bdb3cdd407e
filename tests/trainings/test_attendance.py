"""Noting attendance."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.people.factories import UserFactory
from tests.trainings.factories import BRUSSELS, BookingFactory, ParticipantFactory, SessionFactory, local
from tests.trainings.life import CARO
from trainings import attendance, refusals
from trainings.changing import correct_details, replace_participant
from trainings.models import Attendance, DayPart

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory()


@pytest.fixture
def session():
    return SessionFactory(days=-1, parts=2)


def seat(session, **fields):
    return ParticipantFactory(booking=BookingFactory(session=session), **fields)


def test_note_attendance_per_participant_and_day_part(session, organiser):
    amira, sam = seat(session), seat(session)
    morning, afternoon = session.day_parts.values_list("pk", flat=True)
    marks = {(amira.pk, morning): "present", (amira.pk, afternoon): "partly", (sam.pk, morning): "excused"}
    assert attendance.note_attendance(session, marks=marks, by=organiser) == 3
    assert attendance.noted(session) == marks
    assert set(Attendance.objects.values_list("noted_by", flat=True)) == {organiser.pk}
    assert list(session.history.values_list("verb", "detail")) == [("attendance", "3")]


def test_note_attendance_twice_changes_nothing(session, organiser):
    marks = {(seat(session).pk, session.day_parts.first().pk): "present"}
    attendance.note_attendance(session, marks=marks, by=organiser)
    before = Attendance.objects.values().get()
    assert attendance.note_attendance(session, marks=marks, by=UserFactory()) == 0
    assert Attendance.objects.values().get() == before
    assert session.history.count() == 1


def test_note_attendance_replaces_a_mark_and_takes_one_away(session, organiser):
    amira, sam, part = seat(session), seat(session), session.day_parts.first()
    attendance.note_attendance(session, marks={(amira.pk, part.pk): "present", (sam.pk, part.pk): "present"}, by=organiser)
    attendance.note_attendance(session, marks={(amira.pk, part.pk): "absent", (sam.pk, part.pk): ""}, by=organiser)
    assert attendance.noted(session) == {(amira.pk, part.pk): "absent"}


def test_note_attendance_refuses_participants_of_other_sessions(session, organiser):
    stranger = seat(SessionFactory())
    with pytest.raises(refusals.NotOfThisSession):
        attendance.note_attendance(session, marks={(stranger.pk, session.day_parts.first().pk): "present"}, by=organiser)
    assert not Attendance.objects.exists()


def test_note_attendance_refuses_day_parts_of_other_sessions(session, organiser):
    other = SessionFactory().day_parts.get()
    with pytest.raises(refusals.NotOfThisSession):
        attendance.note_attendance(session, marks={(seat(session).pk, other.pk): "present"}, by=organiser)


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_note_attendance_refuses_who_has_no_seat(session, organiser, state):
    cancelled_at = timezone.now() if state == "cancelled" else None
    person = seat(session, state=state, cancelled_at=cancelled_at)
    with pytest.raises(refusals.NotOfThisSession):
        attendance.note_attendance(session, marks={(person.pk, session.day_parts.first().pk): "present"}, by=organiser)


@pytest.mark.parametrize(("status", "possible"), [("excused", True), ("present", False), ("partly", False), ("absent", False)])
def test_note_attendance_takes_only_excuses_before_the_day(organiser, status, possible):
    session = SessionFactory(days=1)
    marks = {(seat(session).pk, session.day_parts.get().pk): status}
    if possible:
        attendance.note_attendance(session, marks=marks, by=organiser)
    else:
        with pytest.raises(refusals.NotItsDayYet):
            attendance.note_attendance(session, marks=marks, by=organiser)
    assert attendance.noted(session) == (marks if possible else {})


def test_note_attendance_takes_a_mark_away_also_before_the_day(organiser):
    session = SessionFactory(days=0)
    mark = seat(session).pk, session.day_parts.get().pk
    attendance.note_attendance(session, marks={mark: "present"}, by=organiser)
    session.day_parts.update(starts_at=local(9), ends_at=local(9, 12))
    attendance.note_attendance(session, marks={mark: ""}, by=organiser)
    assert attendance.noted(session) == {}


def test_is_before_its_day_until_midnight_in_brussels(monkeypatch):
    part = DayPart(starts_at=datetime(2027, 3, 4, 9, tzinfo=BRUSSELS))
    answers = []
    for moment in (datetime(2027, 3, 3, 23, 59), datetime(2027, 3, 4, 0, 0), datetime(2027, 3, 5)):
        monkeypatch.setattr(timezone, "now", lambda at=moment: at.replace(tzinfo=BRUSSELS))
        answers.append(attendance.is_before_its_day(part))
    assert answers == [True, False, False]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_note_attendance_refuses_a_session_that_is_not_held(organiser, state):
    session = SessionFactory(state=state, cancel_reason="Ziekte" if state == "cancelled" else "")
    with pytest.raises(refusals.StepNotAllowed):
        attendance.note_attendance(session, marks={(seat(session).pk, session.day_parts.get().pk): "present"}, by=organiser)


def test_all_present_leaves_the_marks_that_there_are(session, organiser):
    amira, sam, noor, waiting = seat(session), seat(session), seat(session), seat(session, state="waiting")
    part = session.day_parts.first().pk
    attendance.note_attendance(session, marks={(amira.pk, part): "absent"}, by=organiser)
    number = attendance.all_present(session, day_part=part, by=organiser, but={(sam.pk, part): "excused"})
    assert attendance.noted(session) == {(amira.pk, part): "absent", (sam.pk, part): "excused", (noor.pk, part): "present"}
    assert number == 2
    assert (waiting.pk, part) not in attendance.noted(session)


def test_all_present_refuses_a_day_that_has_still_to_come(organiser):
    session = SessionFactory(days=1)
    seat(session)
    with pytest.raises(refusals.NotItsDayYet):
        attendance.all_present(session, day_part=session.day_parts.get().pk, by=organiser)
    assert attendance.noted(session) == {}


@pytest.mark.parametrize("n", [1, 3])
def test_note_attendance_costs_the_same_for_one_and_three_people(session, organiser, n, django_assert_num_queries):
    part = session.day_parts.first().pk
    marks = {(seat(session).pk, part): "present" for _ in range(n)}
    # savepoint and its release twice, lock, people, day-parts, what is noted, the marks, history
    with django_assert_num_queries(8):
        attendance.note_attendance(session, marks=marks, by=organiser)


def test_what_is_noted_of_who_was_there_never_becomes_somebody_elses(organiser):
    session = SessionFactory(days=0, parts=2)
    there, [today, _tomorrow] = seat(session), session.day_parts.all()
    attendance.note_attendance(session, marks={(there.pk, today.pk): "present"}, by=organiser)
    with pytest.raises(refusals.AlreadyCame):
        replace_participant(there, CARO, by=organiser, as_team=True)
    there.refresh_from_db()
    assert (there.first_name, attendance.noted(session)) == ("Amira", {(there.pk, today.pk): "present"})
    attendance.note_attendance(session, marks={(there.pk, today.pk): ""}, by=organiser)
    assert replace_participant(there, CARO, by=organiser, as_team=True).first_name == "Caro"


def test_who_excused_themselves_does_not_excuse_who_comes_instead(organiser):
    leaves = seat(session := SessionFactory())
    attendance.note_attendance(session, marks={(leaves.pk, session.day_parts.get().pk): "excused"}, by=organiser)
    replace_participant(leaves, CARO, by=organiser)
    assert attendance.noted(session) == {}


def test_a_detail_put_right_leaves_the_attendance_alone(organiser):
    there = seat(session := SessionFactory(days=0))
    marks = {(there.pk, session.day_parts.get().pk): "present"}
    attendance.note_attendance(session, marks=marks, by=organiser)
    correct_details(there, CARO, by=organiser, as_team=True)
    assert attendance.noted(session) == marks
