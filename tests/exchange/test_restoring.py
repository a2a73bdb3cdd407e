"""What is in a backup is looked at whole, and refused where it does not fit this zone, before anything is written."""

import json
from io import BytesIO

import pytest
from django.db import connection
from nacl.public import PrivateKey

from exchange import backups, restoring, sealing
from exchange.backups import Zone
from exchange.parcels import Packer
from exchange.restoring import RestoreRefused
from exchange.sealing import Kind, Unreadable
from exchange.streams import Sealer

KEY = PrivateKey.generate()
PUBLIC = bytes(KEY.public_key)
CONTENTS = {"database": b"abc", "media/map/een.txt": b"een", "media/twee.txt": b"twee"}


def manifest(**changed) -> dict:
    whole = {"v": 1, "zone": "public", "engine": connection.vendor, "schema": restoring.newest()}
    return whole | {"sizes": {"database": 3, "media": 7, "keys": sealed_keys_length()}} | changed


def sealed_keys(**texts: str) -> bytes:
    return sealing.seal(Kind.KEYS, texts, [PUBLIC])


def sealed_keys_length() -> int:
    return len(sealed_keys())


def made(contents: dict, **changed) -> bytes:
    """A backup with these contents, and a manifest that fits but for what is changed."""
    file = BytesIO()
    sealer = Sealer(file, [PUBLIC])
    packer = Packer(sealer)
    for name, data in (contents | {"manifest": json.dumps(manifest(**changed)).encode()}).items():
        packer.add(name, [data])
    packer.close()
    sealer.close()
    return file.getvalue()


def look(data: bytes) -> dict:
    return restoring.look(BytesIO(data), [bytes(KEY)], print)


def whole(**changed) -> bytes:
    return made(CONTENTS | {"keys": sealed_keys()}, **changed)


def test_a_backup_tells_its_manifest():
    assert look(whole()) == manifest()


@pytest.mark.parametrize("name", ["media/../../etc/cron.d/x", "media//etc/passwd", "media/", "media", "database/x", "other"])
def test_a_name_that_leads_out_of_its_place_is_refused(name):
    with pytest.raises(Unreadable):
        look(made(CONTENTS | {name: b"x", "keys": sealed_keys()}))


@pytest.mark.parametrize("sizes", [{}, {"database": 2, "media": 7, "keys": 0}, {"database": 3}])
def test_contents_that_are_not_as_long_as_the_manifest_says_are_refused(sizes):
    with pytest.raises(Unreadable):
        look(whole(sizes=sizes))


def test_a_backup_without_manifest_is_refused():
    file = BytesIO()
    sealer = Sealer(file, [PUBLIC])
    packer = Packer(sealer)
    packer.add("database", [b"abc"])
    packer.close()
    sealer.close()
    with pytest.raises(Unreadable):
        look(file.getvalue())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"zone": "casework"}, "backup of the zone casework"),
        ({"engine": "oracle"}, "backup of oracle"),
        ({"schema": {"people": "9999_of_tomorrow"}}, "newer version"),
        ({}, "database already"),
    ],
)
@pytest.mark.django_db
def test_a_backup_that_does_not_fit_here_is_refused(tmp_path, settings, changed, reason):
    settings.MEDIA_ROOT, settings.REFERRAL_KEYS = tmp_path / "media", str(tmp_path / "keys")
    path = tmp_path / "backup"
    path.write_bytes(whole(**changed))
    with pytest.raises(RestoreRefused, match=reason):
        restoring.restore(Zone(), path, bytes(KEY), print)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.django_db
def test_the_schema_of_a_migrated_database_is_that_of_this_version():
    def ask(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    assert backups.schema(ask) == restoring.newest()


def test_the_newest_backups_stay(tmp_path, settings):
    settings.BACKUPS_KEPT = 2
    names = [f"public-2026112{day}T000000000000Z{backups.ENDING}" for day in range(5)]
    others = [f"casework-20261120T000000000000Z{backups.ENDING}", "notes.txt"]
    for name in [*names, *others, f"public-1{backups.ENDING}{backups.DRAFT}"]:
        (tmp_path / name).touch()
    backups.forget_older(Zone(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names[-2:], *others])


def test_links_are_not_followed_out_of_the_folder_of_uploads(tmp_path):
    (tmp_path / "media" / "map").mkdir(parents=True)
    (tmp_path / "media" / "map" / "een.txt").write_text("een")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "media" / "link").symlink_to(tmp_path / "secret")
    assert [name for name, _path in backups.uploaded(tmp_path / "media")] == ["map/een.txt"]
