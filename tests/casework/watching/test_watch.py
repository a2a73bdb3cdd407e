"""Each thing that must not be sounds its alarm, and nothing else does."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from casework import access
from casework.log import anchors, audit, checking
from casework.models import Alarm, AuditEvent, Canary, Grant, PullState, UnreadableRow
from casework.referrals import pull_state
from casework.watching import canary, watch
from shared.models import OutboxMessage
from tests.casework import log_guard
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db


def sounded() -> list[tuple[str, int]]:
    watch.look_around()
    return sorted(Alarm.objects.values_list("kind", "account"))


def later(**distance) -> None:
    """As if all that is remembered were so much older."""
    distance = timedelta(**distance)
    for state in PullState.objects.all():
        state.begun_at -= distance
        state.succeeded_at = state.succeeded_at and state.succeeded_at - distance
        state.save()
    for trial in Canary.objects.all():
        trial.back_at = trial.back_at and trial.back_at - distance
        trial.save()


def test_a_zone_that_has_just_begun_sounds_no_alarm():
    assert sounded() == []


def test_a_pull_that_succeeded_a_moment_ago_is_not_late_and_after_five_minutes_it_is():
    pull_state.succeeded()
    canary.came_back(canary.marker(canary._this_hour()))
    assert sounded() == []
    later(minutes=4)
    assert sounded() == []
    later(minutes=2)
    assert sounded() == [("pull", 0)]


def test_a_pull_that_never_succeeded_is_late_five_minutes_after_the_first_look():
    pull_state.failed(ConnectionError("at the address 10.0.0.1"))
    assert sounded() == []
    later(minutes=6)
    assert sounded() == [("pull", 0)]


def test_of_a_failed_pull_only_the_type_of_its_error_is_kept_until_the_next_success():
    pull_state.failed(ConnectionError("at the address 10.0.0.1"))
    assert pull_state.state().error == "ConnectionError"
    pull_state.succeeded()
    assert pull_state.state().error == ""


def test_a_canary_is_late_when_none_came_back_for_seventy_minutes():
    canary.came_back(canary.marker(canary._this_hour()))
    later(minutes=69)
    pull_state.succeeded()
    assert sounded() == []
    later(minutes=2)
    pull_state.succeeded()
    assert sounded() == [("canary", 0)]


def test_a_canary_that_never_came_back_is_late_seventy_minutes_after_the_first_look():
    pull_state.state()
    later(minutes=71)
    pull_state.succeeded()
    assert sounded() == [("canary", 0)]


@pytest.mark.parametrize(("number", "alarm"), [(3, False), (4, True)])
def test_reading_is_unusual_when_one_account_opens_more_different_referrals_than_set(settings, number, alarm):
    settings.UNUSUAL_REFERRALS = 3
    reader, colleague = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["case_manager"])
    for _number in range(number):
        access.open_referral(ReferralFactory(manager=reader).pk, by=reader)
    for _number in range(3):
        access.open_referral(ReferralFactory(manager=colleague).pk, by=colleague)
    assert sounded() == ([("reading", reader.pk)] if alarm else [])


def test_opening_one_referral_often_is_not_unusual(settings):
    settings.UNUSUAL_REFERRALS = 3
    reader = AccountFactory(roles=["case_manager"])
    referral = ReferralFactory(manager=reader)
    for _time in range(9):
        access.open_referral(referral.pk, by=reader)
    assert sounded() == []


def test_reading_spread_over_more_than_an_hour_is_not_unusual(settings):
    settings.UNUSUAL_REFERRALS = 1
    reader = AccountFactory(roles=["case_manager"])
    for _number in range(2):
        access.open_referral(ReferralFactory(manager=reader).pk, by=reader)
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number=1).update(at=timezone.now() - timedelta(minutes=61))
    assert sounded() == []


@pytest.mark.parametrize(("number", "alarm"), [(3, False), (4, True)])
def test_reading_is_unusual_when_one_account_looks_for_more_names_than_set(settings, number, alarm):
    settings.UNUSUAL_LOOKUPS = 3
    reader = AccountFactory(roles=["case_manager"])
    for _number in range(number):
        audit.record("looked_up", by=reader, hits=0)
    assert sounded() == ([("reading", reader.pk)] if alarm else [])


def test_a_broken_seal_sounds_an_alarm():
    reader = AccountFactory(roles=["case_manager"])
    referral = ReferralFactory(manager=reader)
    Grant.objects.update(mac="0" * 64)
    with pytest.raises(Http404):
        access.open_referral(referral.pk, by=reader)
    assert sounded() == [("seals", 0)]


def test_a_log_that_is_not_whole_sounds_an_alarm():
    audit.record("opened", by=None)
    checking.check_due()
    assert sounded() == []
    with log_guard.lifted(connection):
        AuditEvent.objects.update(action="nothing")
    checking.check(whole=True)
    assert sounded() == [("log", 0)]


def test_a_log_that_is_shorter_than_its_last_anchor_sounds_an_alarm():
    for _row in range(3):
        audit.record("opened", by=None)
    anchors.drop_due()
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number__gt=2).delete()
    checking.check_due()
    assert sounded() == [("log", 0)]


def test_a_row_that_no_key_opens_sounds_an_alarm():
    UnreadableRow.objects.create(id=uuid.uuid4(), day=timezone.localdate(), body=b"?")
    assert sounded() == [("unreadable", 0)]


def test_mail_that_is_stuck_sounds_an_alarm():
    due = timezone.now() - timedelta(minutes=61)
    OutboxMessage.objects.create(kind="news", to="a@expo-r.demo", subject="s", text="t", due_since=due)
    assert sounded() == [("mail", 0)]


def test_a_look_that_fails_keeps_the_others_from_nothing_and_is_told_to_the_worker(settings):
    UnreadableRow.objects.create(id=uuid.uuid4(), day=timezone.localdate(), body=b"?")
    settings.UNUSUAL_REFERRALS = "not a number"
    with pytest.raises(ValueError, match="not a number"):
        watch.look_around()
    assert list(Alarm.objects.values_list("kind", flat=True)) == ["unreadable"]
