"""Key files are made once, for their owner only, and nothing is ever written over one."""

import multiprocessing

import pytest

from casework.keyring import files as key_files
from casework.keyring import keys
from casework.keyring.files import WouldOverwrite
from exchange import shares
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC, public_half


def contents(folder) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_what_is_missing_is_made_and_what_is_there_is_kept(tmp_path):
    assert key_files.make_missing(tmp_path) == [*keys.ALL, ZONE_PUBLIC]
    before = contents(tmp_path)
    (tmp_path / keys.AUDIT).unlink()
    assert key_files.make_missing(tmp_path) == [keys.AUDIT]
    after = contents(tmp_path)
    assert {name for name in before if after[name] != before[name]} == {keys.AUDIT}


def test_processes_that_start_together_end_up_with_the_same_keys(tmp_path):
    with multiprocessing.get_context("fork").Pool(4) as pool:
        for each in range(10):
            made = pool.map(key_files.make_missing, [tmp_path / str(each)] * 4)
            assert sorted(name for names in made for name in names) == sorted([*keys.ALL, ZONE_PUBLIC])
            assert sorted(contents(tmp_path / str(each))) == sorted([*keys.ALL, ZONE_PUBLIC])


def test_a_private_half_is_readable_for_its_owner_only(tmp_path):
    key_files.make_missing(tmp_path)
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == dict.fromkeys(keys.ALL, "0o400") | {
        ZONE_PUBLIC: "0o444"
    }


def test_the_public_halves_go_where_the_public_zone_reads_them(tmp_path):
    key_files.make_missing(tmp_path / "keys")
    key_files.write_recovery(tmp_path / "keys", b"r" * 32)
    assert key_files.publish(tmp_path / "keys", tmp_path / "public") == [ZONE_PUBLIC, RECOVERY_PUBLIC]
    assert key_files.publish(tmp_path / "keys", tmp_path / "public") == []
    assert sorted(contents(tmp_path / "public")) == [ZONE_PUBLIC, RECOVERY_PUBLIC]
    assert public_half(tmp_path / "public" / RECOVERY_PUBLIC) == b"r" * 32


def test_another_public_half_is_not_written_over(tmp_path):
    key_files.make_missing(tmp_path / "keys")
    key_files.make_missing(tmp_path / "others")
    before = contents(tmp_path / "others")
    with pytest.raises(WouldOverwrite):
        key_files.publish(tmp_path / "keys", tmp_path / "others")
    assert contents(tmp_path / "others") == before


def test_there_is_one_recovery_key(tmp_path):
    key_files.write_recovery(tmp_path, b"r" * 32)
    with pytest.raises(WouldOverwrite):
        key_files.write_recovery(tmp_path, b"s" * 32)
    assert public_half(tmp_path / RECOVERY_PUBLIC) == b"r" * 32


def test_a_demonstration_has_all_its_keys_and_shares_that_fit(tmp_path):
    assert key_files.prepare_demo(tmp_path) == [*keys.ALL, ZONE_PUBLIC, key_files.DEMO_SHARES, RECOVERY_PUBLIC]
    before = contents(tmp_path)
    assert key_files.prepare_demo(tmp_path) == []
    assert contents(tmp_path) == before
    papers = before[key_files.DEMO_SHARES].splitlines()
    assert shares.public_half_of(papers[1:]) == public_half(tmp_path / RECOVERY_PUBLIC)


def test_a_key_that_could_not_be_written_whole_is_not_there(tmp_path, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_files, "settle", full)
    with pytest.raises(OSError, match="No space"):
        key_files.make_missing(tmp_path)
    assert contents(tmp_path) == {}


def test_a_new_key_is_seen_without_starting_anew(settings, tmp_path):
    settings.KEYS = str(tmp_path)
    key_files.make_missing(tmp_path)
    before = keys.zone_key()
    key_files.replace(tmp_path / keys.ZONE, key_files.new_zone_key())
    assert keys.zone_key() != before
    (tmp_path / keys.ZONE).unlink()
    with pytest.raises(keys.KeyMissing):
        keys.zone_key()
