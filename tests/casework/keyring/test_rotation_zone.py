"""A new pair for what comes in: what was sealed to the old one opens until nothing of it waits."""

import pytest
from nacl.public import PrivateKey

from casework.keyring import files as key_files
from casework.keyring import key_checks, keys, rotation_zone
from casework.models import AuditEvent, UnreadableRow
from exchange import sealing
from exchange.models import SealedReferral
from exchange.recipients import ZONE_PUBLIC, public_half
from exchange.sealing import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(settings, tmp_path):
    settings.KEYS, settings.REFERRAL_KEYS = str(tmp_path / "keys"), str(tmp_path / "public")
    key_files.make_missing(tmp_path / "keys")
    key_files.write_recovery(tmp_path / "keys", bytes(PrivateKey.generate().public_key))
    key_files.publish(tmp_path / "keys", tmp_path / "public")
    return tmp_path / "keys", tmp_path / "public"


def sealed_now(folders) -> bytes:
    """What the public zone writes at this moment."""
    return sealing.seal(Kind.REFERRAL, {"day": "2026-11-26"}, [public_half(folders[1] / ZONE_PUBLIC)])


def opens(envelope: bytes) -> bool:
    return any(_opens(envelope, private) for private in keys.zone_keys())


def _opens(envelope: bytes, private: bytes) -> bool:
    try:
        return sealing.unseal(Kind.REFERRAL, envelope, private) == {"day": "2026-11-26"}
    except sealing.Unreadable:
        return False


def name_in(envelope: bytes) -> bytes:
    """The name of the key that the first slot of an envelope says it is for."""
    return envelope[sealing.START : sealing.START + sealing.KEY_ID]


def test_old_and_new_rows_open_after_a_rotation(folders):
    old = sealed_now(folders)
    rotation_zone.begin(*folders)
    new = sealed_now(folders)
    assert name_in(old) != name_in(new)
    assert [opens(old), opens(new)] == [True, True]
    assert key_checks.wrong_files(*folders) == []


@pytest.mark.parametrize("model", [SealedReferral, UnreadableRow])
def test_the_old_half_stays_while_a_row_is_sealed_to_it(folders, model):
    facts = {"day": "2026-11-26"} | ({"id": "0" * 32} if model is UnreadableRow else {})
    row = model.objects.create(body=sealed_now(folders), **facts)
    old = rotation_zone.begin(*folders)
    assert rotation_zone.finish(folders[0]) == ([], [old])
    assert opens(row.body)
    row.delete()
    assert rotation_zone.finish(folders[0]) == ([old], [])
    assert len(keys.zone_keys()) == 1


def test_a_row_that_only_says_so_keeps_no_old_half(folders):
    genuine = sealed_now(folders)
    old = rotation_zone.begin(*folders)
    empty_slot = genuine[: sealing.START] + name_in(genuine).ljust(sealing.SLOT, b"x")
    another_body = genuine[:-1] + bytes([genuine[-1] ^ 1])
    for forged in (empty_slot, another_body):
        SealedReferral.objects.create(body=forged)
    assert rotation_zone.finish(folders[0]) == ([old], [])


def test_a_second_rotation_waits_for_the_end_of_the_first(folders):
    rotation_zone.begin(*folders)
    with pytest.raises(rotation_zone.UnderWay):
        rotation_zone.begin(*folders)


def test_a_rotation_that_was_stopped_is_mended_by_running_it_again(folders, monkeypatch):
    def stop(*_folders):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(rotation_zone, "put_public_half", stop)
        rotation_zone.begin(*folders)
    assert key_checks.wrong_files(*folders) == [f"{ZONE_PUBLIC} does not belong to {keys.ZONE}."]
    assert opens(sealed_now(folders))
    with pytest.raises(rotation_zone.UnderWay):
        rotation_zone.begin(*folders)
    assert key_checks.wrong_files(*folders) == []


def test_both_steps_are_on_record(folders):
    rotation_zone.begin(*folders)
    rotation_zone.finish(folders[0])
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["zone_key_rotated", "zone_key_removed"]
