"""What casework keeps in a backup, and how it looks at what came back."""

import pytest
from django.db import connection

from casework.keyring import files as key_files
from casework.keyring import keys, rotation_zone
from casework.keyring.backing_up import CaseworkZone
from casework.models import AuditEvent
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC
from tests.casework.factories import ReferralFactory

pytestmark = pytest.mark.django_db
ZONE = CaseworkZone()


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEYS = settings.REFERRAL_KEYS = str(tmp_path)
    key_files.prepare_demo(tmp_path)
    return tmp_path


def ask(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def looked_at(manifest: dict) -> tuple[list[str], list[str]]:
    told = []
    return ZONE.after_restore(manifest, told.append), told


def test_every_key_is_kept_those_of_before_a_rotation_too(folder):
    old = rotation_zone.begin(folder, folder)
    kept = ZONE.key_files()
    assert sorted(kept) == sorted([*keys.ALL, old, ZONE_PUBLIC, RECOVERY_PUBLIC, "casework-secret-key.restored"])
    assert {name: (folder / name).read_text() for name in kept if (folder / name).exists()} == {
        name: text for name, text in kept.items() if name != "casework-secret-key.restored"
    }


def test_a_backup_is_on_record_and_ends_with_that_record(folder):
    ZONE.before_backup()
    event = AuditEvent.objects.get()
    assert (event.action, ZONE.facts(ask)) == ("backup_made", {"audit": {"number": event.number, "mac": event.mac}})


def test_what_came_back_whole_is_in_order_and_the_restore_is_on_record(folder):
    ReferralFactory()
    ZONE.before_backup()
    assert looked_at(ZONE.facts(ask)) == ([], ["2 sealed values opened."])
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["backup_made", "restored"]


def test_a_log_that_ends_elsewhere_than_the_backup_says_is_told(folder):
    ZONE.before_backup()
    wrong, _told = looked_at({"audit": {"number": 2, "mac": "0" * 64}})
    assert wrong == ["The audit log does not end where the backup says."]


def test_a_row_that_does_not_open_is_told(folder):
    referral = ReferralFactory()
    ZONE.before_backup()
    facts = ZONE.facts(ask)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_referral SET words = outline")
    assert looked_at(facts)[0] == [f"casework_referral.words of {referral.pk} does not open."]
