"""An alarm is one row and one mail, however often it is seen; it says what kind of thing is wrong, and nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Alarm, AuditEvent
from casework.watching import alarms
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db
PULL, SEALS, READING = Alarm.Kind.PULL, Alarm.Kind.SEALS, Alarm.Kind.READING


def ago(**distance):
    return timezone.now() - timedelta(**distance)


def test_an_alarm_that_goes_on_is_one_row_that_knows_from_when_to_when():
    moments = [ago(minutes=30), ago(minutes=20), ago(minutes=25)]
    assert [bool(alarms.sound(PULL, seen_at=moment)) for moment in moments] == [True, False, False]
    assert list(Alarm.objects.values_list("kind", "first_seen", "last_seen")) == [("pull", moments[0], moments[1])]


def test_an_alarm_is_mailed_once_to_administrators_and_officers():
    people = [
        AccountFactory(roles=["administrator"]),
        AccountFactory(roles=["dpo", "administrator"]),
        AccountFactory(roles=["dpo"]),
    ]
    AccountFactory(roles=["case_manager"])
    AccountFactory(roles=["dpo"], is_active=False)
    for _time in range(3):
        alarms.sound(PULL, seen_at=timezone.now())
    assert sorted(OutboxMessage.objects.values_list("kind", "to")) == sorted(("casework_alarm", who.email) for who in people)


def test_the_mail_says_neither_what_is_wrong_nor_with_whom():
    watcher = AccountFactory(roles=["dpo"])
    reader = AccountFactory(roles=["case_manager"], first_name="Nadia", last_name="Uniek")
    alarms.sound(READING, seen_at=timezone.now(), account=reader.pk)
    alarms.sound(PULL, seen_at=timezone.now())
    one, other = OutboxMessage.objects.filter(to=watcher.email)
    assert (one.subject, one.text, one.about) == (other.subject, other.text, other.about)
    assert "Uniek" not in one.subject + one.text and str(Alarm.Kind.PULL.label) not in one.text


def test_what_goes_on_after_somebody_saw_to_it_is_the_same_alarm():
    by = AccountFactory(roles=["dpo"])
    alarms.acknowledge(alarms.sound(PULL, seen_at=ago(minutes=30)), by=by)
    assert alarms.sound(PULL, seen_at=timezone.now()) is None
    assert (Alarm.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_what_begins_again_after_an_hour_of_quiet_is_another_one():
    by = AccountFactory(roles=["dpo"])
    alarms.acknowledge(alarms.sound(PULL, seen_at=ago(minutes=61)), by=by)
    assert alarms.sound(PULL, seen_at=timezone.now()) is not None
    assert (Alarm.objects.count(), OutboxMessage.objects.count()) == (2, 2)


def test_a_broken_seal_after_somebody_saw_to_the_last_one_is_another_alarm_at_once():
    by = AccountFactory(roles=["dpo"])
    first = ago(minutes=2)
    alarms.acknowledge(alarms.sound(SEALS, seen_at=first), by=by)
    assert [bool(alarms.sound(SEALS, seen_at=moment)) for moment in (first, ago(minutes=1))] == [False, True]


def test_each_account_has_an_alarm_of_its_own():
    now = timezone.now()
    assert [bool(alarms.sound(READING, seen_at=now, account=account)) for account in (1, 2, 1)] == [True, True, False]


def test_the_database_holds_one_open_alarm_of_a_kind():
    now = timezone.now()
    alarms.sound(PULL, seen_at=now)
    with pytest.raises(IntegrityError):
        Alarm.objects.create(kind=PULL, first_seen=now, last_seen=now)


def test_an_alarm_stands_on_my_work_of_who_must_see_to_it_until_somebody_did(client):
    alarm = alarms.sound(PULL, seen_at=timezone.now())
    for roles in (["dpo"], ["administrator"]):
        sign_in(client, AccountFactory(roles=roles))
        assert f"/alarmen/{alarm.pk}/gezien/" in client.get("/").content.decode()
    assert client.post(f"/alarmen/{alarm.pk}/gezien/").url == "/alarmen/"
    assert "/gezien/" not in client.get("/").content.decode()


def test_an_alarm_is_not_shown_to_a_case_manager(client):
    alarm = alarms.sound(PULL, seen_at=timezone.now())
    sign_in(client, AccountFactory(roles=["case_manager"]))
    assert "/alarmen/" not in client.get("/").content.decode()
    assert [client.get("/alarmen/").status_code, client.post(f"/alarmen/{alarm.pk}/gezien/").status_code] == [404, 404]
    assert Alarm.objects.open().count() == 1


def test_seeing_to_an_alarm_is_on_record_and_the_first_one_counts(client):
    one, other = AccountFactory(roles=["dpo"]), AccountFactory(roles=["administrator"])
    alarm = alarms.sound(PULL, seen_at=timezone.now())
    for who in (one, other):
        sign_in(client, who)
        client.post(f"/alarmen/{alarm.pk}/gezien/")
    assert Alarm.objects.get().acknowledged_by == one
    assert list(AuditEvent.objects.values_list("action", "actor", "kind", "object")) == [
        ("acknowledged_alarm", one.pk, "alarm", str(alarm.pk))
    ]


def test_an_alarm_is_seen_to_by_post_only(client):
    alarm = alarms.sound(PULL, seen_at=timezone.now())
    sign_in(client, AccountFactory(roles=["dpo"]))
    assert client.get(f"/alarmen/{alarm.pk}/gezien/").status_code == 405


def test_the_page_of_alarms_names_whose_reading_is_unusual(client):
    reader = AccountFactory(roles=["case_manager"], last_name="Uniek")
    alarms.sound(READING, seen_at=timezone.now(), account=reader.pk)
    sign_in(client, AccountFactory(roles=["dpo"]))
    assert "Uniek" in client.get("/alarmen/").content.decode()


def test_the_page_of_alarms_costs_the_same_for_one_and_three(client):
    by = sign_in(client, AccountFactory(roles=["dpo"]))

    def queries() -> int:
        client.get("/alarmen/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/alarmen/").status_code == 200
        return len(asked)

    alarms.sound(READING, seen_at=timezone.now(), account=AccountFactory().pk)
    cost = queries()
    for _number in range(2):
        alarms.acknowledge(alarms.sound(READING, seen_at=timezone.now(), account=AccountFactory().pk), by=by)
    assert queries() == cost
