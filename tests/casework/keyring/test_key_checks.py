"""A key that is missing, of the wrong size or mode, or of another pair is told before anybody is let in."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casework.keyring import files as key_files
from casework.keyring import key_checks, keys, ring, rotation_zone
from casework.keyring.checks import keys_are_in_order
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC
from tests.casework.factories import ReferralFactory


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEYS = settings.REFERRAL_KEYS = str(tmp_path)
    key_files.prepare_demo(tmp_path)
    return tmp_path


def put(folder, name: str, text: str) -> None:
    key_files.replace(folder / name, text)


def test_keys_as_they_are_made_are_in_order(folder):
    assert key_checks.wrong_files(folder, folder) == []
    assert keys_are_in_order(None) == []


@pytest.mark.parametrize("name", [*keys.ALL, ZONE_PUBLIC, RECOVERY_PUBLIC])
def test_a_missing_key_is_told(folder, name):
    (folder / name).unlink()
    assert name in " ".join(key_checks.wrong_files(folder, folder))
    assert {error.id for error in keys_are_in_order(None)} == {"casework.E001"}


@pytest.mark.parametrize("name", keys.ALL)
def test_a_key_that_others_may_read_is_told(folder, name):
    (folder / name).chmod(0o440)
    assert key_checks.wrong_files(folder, folder) == [f"{name} has mode 0440; it must be 0400 and belong to the service user."]


def test_a_credential_of_systemd_shows_a_right_of_the_group(folder, monkeypatch):
    (folder / keys.AUDIT).chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    assert key_checks.wrong_files(folder, folder) == []


@pytest.mark.parametrize("name", keys.ALL)
@pytest.mark.parametrize("text", ["", "AAAA", "é", "{}", '{"keys": []}', '{"keys": [{"id": "a", "key": "AAAA"}]}'])
def test_a_file_that_holds_no_key_is_told(folder, name, text):
    put(folder, name, text)
    assert f"{name} does not hold what it should." in key_checks.wrong_files(folder, folder)


def test_two_keys_of_one_name_are_told(folder):
    put(folder, keys.FIELDS, json.dumps({"keys": ring.read(folder) * 2}))
    assert key_checks.wrong_files(folder, folder) == [f"{keys.FIELDS} does not hold what it should."]


def test_a_public_half_of_another_pair_is_told(folder):
    put(folder, keys.ZONE, key_files.new_zone_key())
    assert key_checks.wrong_files(folder, folder) == [f"{ZONE_PUBLIC} does not belong to {keys.ZONE}."]


@pytest.mark.django_db
def test_a_row_that_does_not_open_is_told_by_its_place(folder):
    _good, bad = ReferralFactory(), ReferralFactory()
    assert key_checks.closed_rows() == (4, [])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_referral SET words = outline WHERE reference = %s", [bad.reference])
    assert key_checks.closed_rows() == (3, [f"casework_referral.words of {bad.pk} does not open."])
    with pytest.raises(CommandError, match="1 things"):
        call_command("check_keys")


@pytest.mark.django_db
def test_a_rotation_that_waits_for_its_end_is_no_fault_but_told(folder, capsys):
    assert key_checks.left_over(folder) == []
    ring.add_first(folder)
    rotation_zone.begin(folder, folder)
    call_command("check_keys")
    assert [line.split(" is ")[0] for line in capsys.readouterr().out.splitlines() if "old" in line] == [
        "An old key of the sealed columns",
        "An old private half of the zone",
    ]


def test_shares_are_written_to_a_file_in_the_demo_only(folder, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("make_keys", "--demo")
