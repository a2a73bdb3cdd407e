"""A rotation leaves every word readable at every moment, and an old key goes when no row needs it."""

from datetime import timedelta

import pytest
from django.db import connection

from casework.keyring import files as key_files
from casework.keyring import keys, ring, rotation, sealed
from casework.models import AuditEvent, Entry, Message, Referral
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEYS = str(tmp_path)
    key_files.make_missing(tmp_path)
    return tmp_path


def ids(folder) -> list[str]:
    return [entry["id"] for entry in ring.read(folder)]


def used() -> set[str]:
    """The names of the keys that the rows are sealed with."""
    return {sealed.key_id(bytes(stored)) for model, column in rotation.columns() for _pk, stored in rotation.values(model, column)}


def some_rows(number: int) -> list[dict]:
    """Referrals, messages and entries, and what they say, in the order of their keys."""
    author = AccountFactory()
    for at in range(number):
        referral = ReferralFactory(words={"worry": f"zorg {at}"})
        Message.objects.create(referral=referral, direction="in", text={"text": f"bericht {at}"})
        Entry.objects.create(referral=referral, kind="note", by=author, text={"text": f"nota {at}"})
    return words()


def words() -> list[dict]:
    found = [referral.words | referral.outline for referral in Referral.objects.order_by("pk")]
    return found + [row.text for model in (Message, Entry) for row in model.objects.order_by("pk")]


def rotate(folder, **options) -> rotation.Rotation:
    return rotation.rotate(folder, lambda seen, total: None, **options)


def test_all_rows_are_sealed_anew_and_say_what_they_said(folder):
    before = some_rows(3)
    [old] = ids(folder)
    done = rotate(folder, stopped=True)
    [new] = ids(folder)
    assert (done.rows, done.dropped, done.kept) == (12, [old], {})
    assert (used(), words()) == ({new}, before)
    assert new != old


def test_an_old_key_stays_an_hour_for_who_is_about_to_write(folder, monkeypatch):
    some_rows(1)
    [old] = ids(folder)
    done = rotate(folder)
    assert (done.dropped, done.kept, ids(folder)[1:]) == ([], {old: 0}, [old])
    monkeypatch.setattr(rotation, "GRACE", timedelta(0))
    done = rotate(folder)
    assert (done.rows, done.dropped, len(ids(folder))) == (0, [old], 1)


def test_an_old_key_stays_while_a_row_needs_it(folder):
    some_rows(2)
    victim = Referral.objects.first()
    [old] = ids(folder)
    broken = bytes([len(old)]) + old.encode() + bytes(60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_referral SET words = %s WHERE reference = %s", [broken, victim.reference])
    done = rotate(folder, stopped=True)
    assert (done.rows, done.dropped, done.kept) == (7, [], {old: 1})


@pytest.mark.parametrize("stop_at", range(1, 9))
def test_it_can_be_stopped_anywhere_and_run_again(folder, monkeypatch, stop_at):
    monkeypatch.setattr(rotation, "BATCH", 1)
    before = some_rows(2)
    [old] = ids(folder)

    class Stopped(Exception):
        pass

    def stop(seen, total):
        if seen == stop_at:
            raise Stopped

    with pytest.raises(Stopped):
        rotation.rotate(folder, stop)
    assert (len(ids(folder)), words()) == (2, before)
    done = rotate(folder, stopped=True)
    assert (done.rows, done.dropped, words()) == (8 - stop_at, [old], before)
    assert used() == set(ids(folder))


def test_stopped_before_any_row_it_goes_on_with_the_same_new_key(folder):
    some_rows(1)
    new = ring.add_first(folder)
    rotate(folder, stopped=True)
    assert ids(folder) == [new]


def test_what_is_written_meanwhile_is_not_lost(folder, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    some_rows(2)

    def write(seen, total):
        if seen == 1:
            Referral.objects.last().save()
            ReferralFactory(words={"worry": "onderweg"})

    rotation.rotate(folder, write, stopped=True)
    assert {"worry": "onderweg", "sector": "onderwijs"} in words()
    assert used() == set(ids(folder))


def test_only_one_rotation_runs_at_a_time(folder):
    with key_files.alone(folder), pytest.raises(key_files.Busy):
        rotate(folder)


def test_a_rotation_is_on_record_without_a_word_of_a_row(folder):
    some_rows(1)
    rotate(folder, stopped=True)
    [new] = ids(folder)
    assert list(AuditEvent.objects.values_list("action", "detail")) == [
        ("key_rotation_begun", f'{{"key":"{new}"}}'),
        ("keys_rotated", '{"dropped":1,"kept":0,"rows":4}'),
    ]


def test_progress_is_told_up_to_the_end(folder):
    some_rows(2)
    told = []
    rotation.rotate(folder, lambda seen, total: told.append((seen, total)))
    assert told[-1] == (8, 8)


def test_without_its_old_key_no_row_would_open(folder):
    """The control: the rotation is what keeps the words readable."""
    some_rows(1)
    new = ring.add_first(folder)
    ring.drop(folder, {name for name in ids(folder) if name != new})
    with pytest.raises(sealed.Broken):
        words()


@pytest.mark.long
def test_twenty_thousand_rows_are_sealed_anew_in_one_go(folder):
    rows = [Referral(reference=f"{at:06}", words={"worry": f"zorg {at}"}) for at in range(10_000)]
    Referral.objects.bulk_create(rows, batch_size=500)
    assert rotate(folder, stopped=True).rows == 20_000
    assert keys.field_keys().keys() == used()
