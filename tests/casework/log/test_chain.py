"""Whatever somebody does to the log behind its back shows: within it, or against its anchors."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection

from casework.log import anchors, audit, chain
from casework.log.chain import Fault
from casework.models import AuditEvent
from exchange.models import AuditAnchor
from tests.casework import log_guard

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def owner_of_the_database():
    with log_guard.lifted(connection):
        yield AuditEvent.objects


def written(number: int) -> None:
    for at in range(number):
        audit.record("opened", by=None, at=at)


def faults(**options) -> list[Fault]:
    return chain.verify(**options).faults


def anchored() -> tuple[int, str]:
    head = AuditEvent.objects.latest("number")
    AuditAnchor.objects.create(event=head.number, mac=head.mac)
    return head.number, head.mac


def test_a_log_that_nobody_touched_is_whole():
    written(5)
    anchored()
    walk = chain.verify()
    assert (walk.faults, walk.number, walk.mac) == ([], 5, AuditEvent.objects.get(number=5).mac)


def test_an_empty_log_without_anchors_is_whole():
    assert faults() == []


def test_it_walks_in_batches_and_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    written(5)
    told: list[int] = []
    assert (chain.verify(progress=told.append).faults, told) == ([], [2, 4, 5])


@pytest.mark.parametrize(
    "change",
    [
        {"action": "read_log"},
        {"actor": 7},
        {"object": "7"},
        {"kind": "role"},
        {"detail": "{}"},
        {"at": "2026-01-01T00:00:00+00:00"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_row_shows(change):
    written(5)
    with owner_of_the_database() as rows:
        rows.filter(number=3).update(**change)
    assert faults() == [Fault(3, "changed")]


def test_a_deleted_row_shows():
    written(5)
    with owner_of_the_database() as rows:
        rows.filter(number=3).delete()
    assert faults() == [Fault(3, "missing")]


def test_a_deleted_row_shows_when_those_after_it_are_numbered_anew():
    written(5)
    with owner_of_the_database() as rows:
        rows.filter(number=3).delete()
        rows.filter(number=4).update(number=3)
        rows.filter(number=5).update(number=4)
    assert faults() == [Fault(3, "moved"), Fault(3, "changed"), Fault(4, "changed")]


def test_rows_in_another_order_show():
    written(5)
    with owner_of_the_database() as rows:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            rows.filter(number=old).update(number=new)
    assert [fault.number for fault in faults()] == [2, 2, 3, 3, 4]


def test_a_row_that_somebody_adds_without_the_key_shows():
    written(2)
    AuditEvent(
        number=3, at="2026-01-01T00:00:00+00:00", action="opened", previous=AuditEvent.objects.get(number=2).mac, mac="0" * 64
    ).save()
    assert faults() == [Fault(3, "changed")]


def test_a_log_that_is_rewritten_without_the_key_shows_from_its_first_changed_row():
    written(5)
    with owner_of_the_database() as rows:
        last = rows.get(number=2).mac
        for event in rows.filter(number__gte=3).order_by("number"):
            event.action, event.previous = "read_log", last
            event.mac = last = f"{event.number:064x}"
            event.save()
    assert faults() == [Fault(number, "changed") for number in (3, 4, 5)]


def test_a_tail_that_is_cut_off_shows_against_the_anchor_and_only_there():
    written(5)
    with owner_of_the_database() as rows:
        number, mac = 5, rows.get(number=5).mac
        rows.filter(number__gt=3).delete()
    assert faults() == []
    AuditAnchor.objects.create(event=number, mac=mac)
    assert faults() == [Fault(5, "cut")]


def test_a_log_that_is_wiped_shows_against_the_anchor_and_only_there():
    written(5)
    with owner_of_the_database() as rows:
        mac = rows.get(number=5).mac
        rows.all().delete()
    assert faults() == []
    AuditAnchor.objects.create(event=5, mac=mac)
    assert faults() == [Fault(5, "cut")]


def test_a_tail_that_is_cut_off_shows_for_ever_however_much_is_written_after_it():
    written(5)
    anchored()
    with owner_of_the_database() as rows:
        rows.filter(number__gt=3).delete()
    written(5)
    assert faults() == [Fault(5, "anchor")]


def test_with_the_key_but_without_the_anchors_a_rewritten_log_shows_too():
    written(5)
    anchored()
    with owner_of_the_database() as rows:
        rows.all().delete()
        written(5)
    assert faults() == [Fault(5, "anchor")]


def test_an_anchor_that_was_taken_away_shows_because_the_log_knows_of_it():
    written(5)
    assert anchors.drop_due().event == 5
    assert faults() == []
    AuditAnchor.objects.all().delete()
    assert faults() == [Fault(5, "unanchored")]


def test_a_walk_from_where_the_last_one_ended_sees_what_is_new_only():
    written(3)
    seen = (3, AuditEvent.objects.get(number=3).mac)
    written(3)
    with owner_of_the_database() as rows:
        rows.filter(number__in=[2, 5]).update(action="read_log")
    assert faults(after=seen) == [Fault(5, "changed")]
    assert faults() == [Fault(2, "changed"), Fault(5, "changed")]


def test_a_walk_from_where_the_last_one_ended_sees_that_its_row_is_gone():
    written(3)
    seen = (3, AuditEvent.objects.get(number=3).mac)
    with owner_of_the_database() as rows:
        rows.filter(number=3).delete()
    assert faults(after=seen) == [Fault(3, "cut")]
    written(2)
    assert faults(after=seen) == [Fault(3, "anchor"), Fault(4, "moved")]
