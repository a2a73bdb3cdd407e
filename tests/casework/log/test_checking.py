"""The log is checked again and again, and the health check says when it is not whole, or was not checked for too long."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from casework.keyring import keys
from casework.log import audit, checking
from casework.models import AuditEvent, LogCheck
from tests.casework import log_guard

pytestmark = pytest.mark.django_db


def ready(client) -> tuple[int, str]:
    answer = client.get("/-/ready")
    return answer.status_code, answer.content.decode()


def edit(number: int) -> None:
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number=number).update(action="nothing")


def written(number: int) -> None:
    for _at in range(number):
        audit.record("opened", by=None)


def test_ready_says_that_the_log_was_never_checked(client):
    assert ready(client) == (200, "ok\nthe audit log was never checked\n")


def test_ready_says_nothing_of_a_log_that_is_whole(client):
    written(2)
    checking.check_due()
    assert ready(client) == (200, "ok\n")


def test_ready_says_that_the_log_is_not_whole_and_stays_at_200(client):
    written(2)
    edit(1)
    checking.check_due()
    assert ready(client) == (200, "ok\nthe audit log is not whole\n")


def test_ready_says_that_the_log_was_not_checked_for_too_long(client, settings):
    checking.check_due()
    LogCheck.objects.update(at=timezone.now() - settings.LOG_CHECK_TOO_OLD - timedelta(minutes=1))
    assert ready(client) == (200, "ok\nthe audit log was not checked for too long\n")


def test_a_check_goes_on_from_the_last_one_and_walks_the_whole_log_once_a_day():
    written(3)
    checking.check_due()
    edit(2)
    written(1)
    assert checking.check_due().faults == []
    LogCheck.objects.update(whole_at=timezone.now() - timedelta(days=1, minutes=1))
    assert [fault.number for fault in checking.check_due().faults] == [2]


def test_what_was_seen_once_must_stay_also_for_a_walk_along_the_whole_log():
    written(3)
    checking.check_due()
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number=3).delete()
    assert [checking.check_due().faults[0].kind, checking.check_due().faults[0].kind] == ["cut", "cut"]
    written(4)
    assert [(fault.number, fault.kind) for fault in checking.check(whole=True).faults] == [(3, "anchor")]


def command() -> tuple[int, str, str]:
    out, errors = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=errors)
    except SystemExit as end:
        return end.code, out.getvalue(), errors.getvalue()
    return 0, out.getvalue(), errors.getvalue()


def test_the_command_says_that_the_log_is_whole_and_how_far_it_is():
    written(2)
    mac = AuditEvent.objects.get(number=2).mac
    assert command() == (0, f"The audit log is whole: 2 rows, the last one {mac}\n", "2 of 2\n")


def test_the_command_ends_with_1_and_names_each_fault():
    written(3)
    edit(2)
    assert command() == (1, "row 2: changed\n", "3 of 3\nThe audit log is not whole: 1 faults in 3 rows.\n")


def test_the_command_ends_with_2_without_the_key(settings, tmp_path):
    written(1)
    settings.KEYS = str(tmp_path)
    keys.forget()
    assert command() == (2, "", "The log could not be checked: KeyMissing\n")
