"""Sealed columns open in their own place only, and the database can neither read nor look them up."""

import json

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from casework.keyring import keys, sealed
from casework.keyring.sealed import Broken
from casework.models import Referral
from tests.casework.factories import ReferralFactory

pytestmark = pytest.mark.django_db
WORDS = {"worry": "Hij zegt dat geweld de enige weg is."}


def stored(referral) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM casework_referral WHERE reference = %s", [referral.reference])
        return bytes(cursor.fetchone()[0])


def test_a_sealed_column_reads_back():
    pk = ReferralFactory(words=WORDS).pk
    assert Referral.objects.get(pk=pk).words == WORDS


def test_the_database_holds_no_word_of_it():
    referral = ReferralFactory(words=WORDS)
    assert b"geweld" not in stored(referral)
    assert b"geweld" in str(Referral.objects.get(pk=referral.pk).words).encode()


def test_a_value_copied_to_another_row_does_not_open():
    one, other = ReferralFactory(words=WORDS), ReferralFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_referral SET words = %s WHERE reference = %s", [stored(one), other.reference])
    with pytest.raises(Broken):
        _ = Referral.objects.get(pk=other.pk).words


def test_a_row_is_loaded_without_opening_it(settings, tmp_path):
    referral = ReferralFactory(words=WORDS)
    settings.KEYS = str(tmp_path)
    keys.forget()
    assert Referral.objects.get(pk=referral.pk).reference == referral.reference
    with pytest.raises(keys.KeyMissing):
        _ = Referral.objects.get(pk=referral.pk).words


@pytest.mark.parametrize("condition", [{"words": WORDS}, {"words__contains": "a"}, {"words__isnull": True}])
def test_nothing_is_looked_up_by_a_sealed_column(condition):
    with pytest.raises(FieldError):
        Referral.objects.filter(**condition).exists()


def test_no_update_goes_past_the_row():
    with pytest.raises(FieldError):
        Referral.objects.update(words=WORDS)


def test_the_length_of_what_is_stored_says_little():
    assert {len(stored(ReferralFactory(words={"worry": "a" * number}))) for number in (1, 100, 200)} == {
        len(stored(ReferralFactory()))
    }


def test_all_keys_of_the_ring_read_and_the_first_one_writes(settings, tmp_path):
    settings.KEYS = str(tmp_path)
    old, new = {"id": "old", "key": "b2xk" * 10 + "b2w="}, {"id": "new", "key": "bmV3" * 10 + "bmU="}
    values = []
    for ring in ([old], [new, old]):
        (tmp_path / keys.FIELDS).write_text(json.dumps({"keys": ring}))
        keys.forget()
        values.append(sealed.seal(WORDS, b"t.c:1"))
    assert [sealed.key_id(value) for value in values] == ["old", "new"]
    assert [sealed.unseal(value, b"t.c:1") for value in values] == [WORDS, WORDS]
