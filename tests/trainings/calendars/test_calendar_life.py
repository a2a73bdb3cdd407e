"""The calendar files of one seat's whole life, in the order in which they are mailed: one appointment to any calendar.

A calendar takes a file for news of an appointment that it has when the UID is the same and the number higher (RFC 5546).
"""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import parseaddr

import pytest

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.calendar_readers import Item, read
from tests.trainings.factories import SessionFactory, VenueFactory
from tests.trainings.life import BERT, CARO, NOOR
from trainings import planning
from trainings.booking import book_seats, cancel_participants
from trainings.changing import correct_details, move_participants, replace_participant
from trainings.dates import day_parts
from trainings.models import Participant, Session
from trainings.names import name_seats
from trainings.seats import Person

pytestmark = pytest.mark.django_db
NEW_ADDRESS = "caro@stad.demo"
PARTS = pytest.mark.parametrize("parts", [1, 2], ids=["one day-part", "two day-parts"])


class Life:
    """A session of one or two mornings, the seat in it, and what was mailed at every step."""

    def __init__(self, parts: int):
        self.booker = UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")
        self.session, self.other = SessionFactory(parts=parts), SessionFactory(days=40, parts=parts)
        self.seen: set[int] = set()
        self.steps: dict[str, list[OutboxMessage]] = {}

    @property
    def seat(self) -> Participant:
        return Participant.objects.active().select_related("session").get()

    def step(self, name: str, verb, *args, **facts) -> None:
        verb(*args, by=self.booker, **facts)
        new = OutboxMessage.objects.exclude(pk__in=self.seen).exclude(calendar="").order_by("created_at")
        self.steps[name] = list(new)
        self.seen |= {message.pk for message in new}

    def change(self, name: str, **facts) -> None:
        parts = [self._changed(part, **facts) for part in day_parts.of(self.session)]
        self.step(name, planning.change_session, self.session, parts=parts)

    @staticmethod
    def _changed(part, later=timedelta(), **facts):
        return replace(part, starts_at=part.starts_at + later, ends_at=part.ends_at + later, **facts)

    @property
    def messages(self) -> list[OutboxMessage]:
        return [message for step in self.steps.values() for message in step]


@pytest.fixture
def life(parts) -> Life:
    """From the confirmation to the end: everything that can become of a seat."""
    life = Life(parts)
    life.step("confirmed", book_seats, life.session, participants=[BERT])
    life.change("moved in time", later=timedelta(hours=1))
    life.change("another place", venue=VenueFactory(name="De Zeven Stoelen"))
    life.step("replaced", replace_participant, life.seat, CARO)
    life.step("corrected", correct_details, life.seat, Person("Caro", "D'hondt", NEW_ADDRESS))
    life.change("moved in time again", later=timedelta(hours=2))
    life.step("moved to another session", move_participants, [life.seat], life.other)
    life.step("cancelled", cancel_participants, [life.seat])
    return life


def told(messages: list[OutboxMessage]) -> list[tuple[str, str, list[int]]]:
    """To whom, by which method, with which numbers."""
    return sorted((one.to, one.calendar_method, [item.sequence for item in read(one)]) for one in messages)


def by_uid(life: Life) -> dict[str, list[Item]]:
    found = defaultdict(list)
    for message in life.messages:
        for item in read(message):
            found[item.uid].append(item)
    return found


@PARTS
def test_at_every_step_whoever_is_concerned_gets_one_file_with_the_right_method_and_number(life, parts):
    assert {name: told(messages) for name, messages in life.steps.items()} == {
        "confirmed": [(BERT.email, "REQUEST", [0] * parts)],
        "moved in time": [(BERT.email, "REQUEST", [1] * parts)],
        "another place": [(BERT.email, "REQUEST", [2] * parts)],
        "replaced": [(BERT.email, "CANCEL", [3] * parts), (CARO.email, "REQUEST", [0] * parts)],
        "corrected": [(NEW_ADDRESS, "REQUEST", [1] * parts)],
        "moved in time again": [(NEW_ADDRESS, "REQUEST", [2] * parts)],
        "moved to another session": [(NEW_ADDRESS, "CANCEL", [3] * parts), (NEW_ADDRESS, "REQUEST", [0] * parts)],
        "cancelled": [(NEW_ADDRESS, "CANCEL", [1] * parts)],
    }


@PARTS
def test_there_is_one_uid_per_person_and_day_part_and_its_number_only_rises(life, parts):
    lives = by_uid(life)
    # Bert, Caro, and Caro in the other session.
    assert len(lives) == 3 * parts
    for items in lives.values():
        numbers = [item.sequence for item in items]
        assert numbers == sorted(set(numbers)), numbers


@PARTS
def test_every_appointment_ends_cancelled_and_nothing_comes_after_it(life, parts):
    for items in by_uid(life).values():
        assert [(item.method, item.status) for item in items[:-1]] == [("REQUEST", "CONFIRMED")] * (len(items) - 1)
        assert (items[-1].method, items[-1].status) == ("CANCEL", "CANCELLED")


@PARTS
def test_files_say_the_times_and_the_places_that_hold_when_they_are_mailed(life, parts):
    first = [item.starts_at for item in read(life.steps["confirmed"][0])]
    later = {"moved in time": 1, "another place": 1, "corrected": 1, "moved in time again": 3}
    for name, hours in later.items():
        [message] = life.steps[name]
        assert [item.starts_at - timedelta(hours=hours) for item in read(message)] == first
    places = {name: {item.location for message in messages for item in read(message)} for name, messages in life.steps.items()}
    assert places["moved in time"] == {"de locatie volgt nog"}
    assert places["another place"] == places["replaced"] == {"De Zeven Stoelen, Kaaistraat 1, 9000 Gent"}
    times = [(item.starts_at, item.ends_at) for message in life.steps["cancelled"] for item in read(message)]
    assert times == [(part.starts_at.astimezone(UTC), part.ends_at.astimezone(UTC)) for part in day_parts.of(life.other)]


@PARTS
def test_every_file_has_one_attendee_who_reads_it_and_the_sender_for_organiser(life, parts):
    for message in life.messages:
        sender = parseaddr(outbox.as_email(message).from_email)[1]
        for item in read(message):
            assert (item.attendee, item.organiser) == (f"mailto:{message.to}", f"mailto:{sender}")


@PARTS
def test_every_file_has_the_form_that_all_calendars_understand(life, parts):
    for message in life.messages:
        lines = message.calendar.replace("\r\n ", "").splitlines()
        names = [re.split("[:;]", line, maxsplit=1)[0] for line in lines]
        # At calendar level, once, before the first event.
        assert (names.count("METHOD"), names.index("METHOD") < names.index("BEGIN", 1)) == (1, True)
        assert names.count("ATTENDEE") == names.count("ORGANIZER") == names.count("UID") == names.count("DTSTAMP") == parts
        assert not {"RRULE", "RDATE", "VTIMEZONE", "RECURRENCE-ID"} & set(names)
        assert "TZID" not in message.calendar
        moments = [line for line in lines if line.startswith(("DTSTAMP", "DTSTART", "DTEND"))]
        assert [line for line in moments if not re.fullmatch(r"[A-Z]+:\d{8}T\d{6}Z", line)] == []
        assert message.calendar.endswith("END:VCALENDAR\r\n")
        assert max(len(line.encode()) for line in message.calendar.split("\r\n")) <= 75


@PARTS
def test_a_session_that_does_not_take_place_leaves_every_calendar_with_the_highest_number(parts):
    life = Life(parts)
    life.step("confirmed", book_seats, life.session, participants=[NOOR, BERT])
    life.change("moved in time", later=timedelta(hours=1))
    life.step("session cancelled", planning.cancel_session, life.session, reason="De lesgever is ziek.")
    assert told(life.steps["session cancelled"]) == [(one.email, "CANCEL", [2] * parts) for one in (BERT, NOOR)]
    assert {item.status for message in life.steps["session cancelled"] for item in read(message)} == {"CANCELLED"}


def test_a_day_part_that_is_dropped_leaves_alone_and_one_that_is_added_is_another_appointment():
    life = Life(2)
    life.step("confirmed", book_seats, life.session, participants=[BERT])
    stays, goes = day_parts.of(life.session)
    life.step("dropped", planning.change_session, life.session, parts=[stays])
    life.step("added", planning.change_session, life.session, parts=[*day_parts.of(life.session), replace(goes, pk=None)])
    life.step("session cancelled", planning.cancel_session, life.session, reason="De lesgever is ziek.")
    lives = sorted([(item.method, item.sequence) for item in items] for items in by_uid(life).values())
    assert lives == [
        [("REQUEST", 0), ("CANCEL", 1)],
        [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3)],
        [("REQUEST", 2), ("CANCEL", 3)],
    ]


@PARTS
def test_a_seat_that_gets_its_name_later_begins_its_life_then_and_hears_every_later_change(parts):
    life = Life(parts)
    life.step("without a name", book_seats, life.session, without_name=1)
    life.change("moved in time", later=timedelta(hours=1))
    life.step("named", name_seats, life.session.bookings.get(), [BERT])
    life.change("moved in time again", later=timedelta(hours=1))
    life.step("cancelled", cancel_participants, [life.seat])
    assert [[one[1:] for one in told(messages)] for messages in life.steps.values()] == [
        [],
        [],
        [("REQUEST", [1] * parts)],
        [("REQUEST", [2] * parts)],
        [("CANCEL", [3] * parts)],
    ]


def test_the_booker_who_moves_gets_two_files_of_one_method_each():
    life = Life(1)
    life.step("confirmed", book_seats, life.session, participants=[NOOR])
    life.step("moved", move_participants, [life.seat], life.other)
    assert told(life.steps["moved"]) == [(NOOR.email, "CANCEL", [1]), (NOOR.email, "REQUEST", [0])]


def test_what_changes_after_a_seat_was_given_back_reaches_that_calendar_no_more():
    life = Life(1)
    life.step("confirmed", book_seats, life.session, participants=[BERT])
    life.step("cancelled", cancel_participants, [life.seat])
    life.change("moved in time", later=timedelta(hours=1))
    life.step("session cancelled", planning.cancel_session, Session.objects.get(pk=life.session.pk), reason="De lesgever is ziek.")
    assert [len(messages) for messages in life.steps.values()] == [1, 1, 0, 0]
