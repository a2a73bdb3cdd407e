"""What the public site sealed and no key opens is kept apart, and is opened once its key is there."""

import logging

import pytest

from casework.keyring import keys
from casework.models import Referral, UnreadableRow
from casework.referrals import arriving, pull_state
from casework.referrals.pull import pull
from exchange.models import SealedReferral
from exchange.receipts import Receipt
from tests.casework.referrals.letters_in import WORDS, refer, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("body", [b"", b"x" * 3000])
def test_what_no_key_opens_is_kept_apart_and_named_without_its_contents(body, caplog):
    row = SealedReferral.objects.create(body=body)
    with caplog.at_level(logging.ERROR):
        pull()
    kept = UnreadableRow.objects.get()
    assert (kept.pk, bytes(kept.body), SealedReferral.objects.count()) == (row.pk, body, 0)
    assert [record.getMessage() for record in caplog.records] == ["pull: a row can't be read and is kept apart"]


@pytest.mark.parametrize("wrong", [{"kind": "other"}, {"v": 2}, {"lookup": "x"}, {"words": ["a"]}, {"answer_key": None}])
def test_an_envelope_with_something_else_in_it_is_kept_apart_too(wrong):
    send(Receipt.new(), **{"kind": "referral", "words": WORDS} | wrong)
    pull()
    assert (UnreadableRow.objects.count(), Referral.objects.count()) == (1, 0)


def test_what_lay_apart_and_breaks_is_no_success_and_is_tried_again(monkeypatch):
    monkeypatch.setattr("casework.referrals.pull._tried", set())
    right = keys.zone_keys()
    refer(Receipt.new())
    with monkeypatch.context() as without:
        without.setattr(keys, "zone_keys", lambda: [bytes(32)])
        pull()
    with monkeypatch.context() as broken:
        broken.setattr(arriving, "take_in", lambda *given: 1 / 0)
        broken.setattr(keys, "zone_keys", lambda: right)
        pull()
    assert (pull_state.state().error, UnreadableRow.objects.count()) == ("ZeroDivisionError", 1)
    pull()
    assert (pull_state.state().error, UnreadableRow.objects.count(), Referral.objects.count()) == ("", 0, 1)


@pytest.mark.parametrize("knows", [True, False])
def test_what_lay_apart_is_opened_once_its_key_is_there(monkeypatch, knows):
    monkeypatch.setattr("casework.referrals.pull._tried", set())
    right = keys.zone_keys()
    refer(Receipt.new())
    monkeypatch.setattr(keys, "zone_keys", lambda: [bytes(32)])
    pull()
    assert (UnreadableRow.objects.count(), Referral.objects.count(), SealedReferral.objects.count()) == (1, 0, 0)
    if knows:
        monkeypatch.setattr(keys, "zone_keys", lambda: [bytes(32), *right])
    pull()
    pull()
    assert (UnreadableRow.objects.count(), Referral.objects.count()) == ((0, 1) if knows else (1, 0))
