"""What is sent twice, by a double click or because its answer got lost, stands there once and reaches the referrer once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import AuditEvent, Entry, Message, OutgoingAnswer
from casework.referrals import answering, sent_twice, writing
from tests.casework.factories import AccountFactory, ReferralFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "answer": lambda referral, by, text: answering.answer_referrer(referral, text=text, by=by),
    "talk": lambda referral, by, text: answering.record_talk(referral, direction="out", means="phone", text=text, by=by),
    "note": lambda referral, by, text: writing.write_note(referral, text=text, by=by),
    "advice": lambda referral, by, text: writing.give_advice(referral, text=text, by=by),
    "action": lambda referral, by, text: writing.add_action(referral, text=text, by=by),
    "boundary": lambda referral, by, text: writing.judge_boundary(referral, boundary="none", text=text, by=by),
}
on_each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())


@pytest.fixture
def referral(manager, receipt):
    return ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)


def kept() -> list[int]:
    return [rows.objects.count() for rows in (Entry, Message, OutgoingAnswer, AuditEvent)]


@on_each_verb
def test_the_same_words_sent_twice_are_kept_once(referral, manager, verb):
    first = verb(referral, manager, "Blijf in gesprek.")
    once = kept()
    assert verb(referral, manager, "Blijf in gesprek.") == first
    assert kept() == once


@on_each_verb
def test_other_words_or_the_same_ones_later_are_something_new(referral, manager, verb):
    first = verb(referral, manager, "Blijf in gesprek.")
    second = verb(referral, manager, "Bel haar morgen.")
    for rows in (Entry, Message):
        rows.objects.update(at=timezone.now() - sent_twice.WITHIN - timedelta(seconds=1))
    assert len({first.pk, second.pk, verb(referral, manager, "Blijf in gesprek.").pk}) == 3


def test_the_same_words_as_advice_and_as_a_note_are_two(referral, manager):
    assert writing.write_note(referral, text="Bel.", by=manager).kind == "note"
    assert writing.give_advice(referral, text="Bel.", by=manager).kind == "advice"


def test_the_same_words_in_another_referral_are_two(referral, manager):
    other = ReferralFactory(manager=manager)
    assert writing.write_note(referral, text="Bel.", by=manager) != writing.write_note(other, text="Bel.", by=manager)


def test_what_somebody_else_said_before_is_no_second_sending(referral, manager):
    Entry.objects.create(referral=referral, kind="note", by=AccountFactory(roles=["case_manager"]), text={"text": "Bel."})
    assert writing.write_note(referral, text="Bel.", by=manager).by == manager
