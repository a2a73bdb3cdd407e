"""Answers that only the code opens, talks that are written down, and referrals recorded while they are told."""

from datetime import date
from uuid import uuid4

import pytest

from casework.models import Alarm, AuditEvent, Message, OutgoingAnswer, Referral
from casework.referrals import answering, recording, working_days
from casework.referrals.passage import bring, clear_void
from casework.referrals.refusals import CannotAnswer, CodeBroken, NotACaseManager, NotYours
from casework.referrals.withdrawing import withdraw_referral
from casework.watching import watch
from exchange.models import SealedAnswer
from exchange.receipts import Receipt
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import read_with

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)  # a Thursday


def recorded(manager, **more) -> Referral:
    facts = {"form_key": uuid4(), "source": "phone", "day": DAY, "sector": "onderwijs", "words": {"worry": "Hij trekt zich terug."}}
    return recording.record_referral(**facts | more, by=manager)


def test_an_answer_is_read_with_the_code_and_not_in_the_database(manager):
    receipt = Receipt.new()
    referral = ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key, answer_due=DAY)
    answering.answer_referrer(referral, text="Blijf in gesprek.", by=manager)
    bring()
    assert read_with(receipt) == [{"kind": "answer", "text": "Blijf in gesprek."}]
    assert b"gesprek" not in bytes(SealedAnswer.objects.get().body)
    assert Referral.objects.get().answer_due is None


def test_answers_keep_their_order(manager):
    receipt = Receipt.new()
    referral = ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)
    for text in "abc":
        answering.answer_referrer(referral, text=text, by=manager)
    bring()
    assert [each["text"] for each in read_with(receipt)] == ["a", "b", "c"]


def test_without_a_code_nothing_is_answered_by_code(manager):
    with pytest.raises(CannotAnswer):
        answering.answer_referrer(ReferralFactory(manager=manager), text="x", by=manager)


def test_nobody_answers_for_another(manager):
    receipt = Receipt.new()
    referral = ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)
    with pytest.raises(NotYours):
        answering.answer_referrer(referral, text="x", by=AccountFactory(roles=["case_manager"]))
    assert not OutgoingAnswer.objects.exists()


def test_what_was_told_by_phone_counts_as_an_answer(manager):
    referral = ReferralFactory(manager=manager, answer_due=DAY)
    answering.record_talk(referral, direction="in", means="phone", text="Zij belt terug.", by=manager)
    assert Referral.objects.get().answer_due == DAY
    answering.record_talk(referral, direction="out", means="phone", text="Ik gaf advies.", by=manager)
    assert Referral.objects.get().answer_due is None


@pytest.mark.parametrize("source", ["phone", "visit", "mail", "member"])
def test_a_referral_that_is_told_is_recorded_like_one_that_is_typed(manager, source):
    referral = recorded(manager, source=source, referrer={"name": "Els"}, subject={"name": "Yassine"})
    referral = Referral.objects.get(pk=referral.pk)
    assert (referral.state, referral.source, referral.words, referral.has_code) == (
        "in_consult",
        source,
        {"worry": "Hij trekt zich terug."},
        False,
    )
    assert (referral.referrer.identity, referral.subject.identity) == ({"name": "Els"}, {"name": "Yassine"})
    assert (referral.subject.recorded_by, referral.answer_due) == (manager, working_days.after(DAY, 3))
    assert referral.grants.get().user == manager


def test_the_same_form_arrives_once(manager):
    key = uuid4()
    assert [recorded(manager, form_key=key).pk for _time in range(2)] == [key, key]
    assert AuditEvent.objects.filter(action="recorded").count() == 1


def test_a_form_key_opens_no_referral_of_another(manager):
    key = recorded(manager).pk
    with pytest.raises(NotYours):
        recorded(AccountFactory(roles=["case_manager"]), form_key=key)


def test_only_case_managers_record():
    with pytest.raises(NotACaseManager):
        recorded(AccountFactory(roles=["administrator"]))


def test_a_code_that_is_handed_over_opens_the_answers(manager):
    referral = recorded(manager)
    receipt = Receipt.read(str(recording.hand_out_code(referral, by=manager)))
    answering.answer_referrer(referral, text="Blijf in gesprek.", by=manager)
    bring()
    assert read_with(receipt) == [{"kind": "received", "of": "referral"}, {"kind": "answer", "text": "Blijf in gesprek."}]


def test_a_new_code_makes_the_old_one_void(manager):
    referral = recorded(manager)
    old = recording.hand_out_code(referral, by=manager)
    answering.answer_referrer(referral, text="Eerst.", by=manager)
    bring()
    answering.answer_referrer(referral, text="Wacht nog.", by=manager)
    new = recording.hand_out_code(referral, by=manager)
    bring()
    clear_void()
    assert (read_with(old), read_with(new)) == ([], [{"kind": "received", "of": "referral"}])


def test_an_answer_that_was_on_its_way_when_its_code_became_void_is_deleted_too(manager):
    referral = recorded(manager)
    old = recording.hand_out_code(referral, by=manager)
    late = OutgoingAnswer.objects.get()
    recording.hand_out_code(referral, by=manager)
    clear_void()
    SealedAnswer.objects.create(id=late.pk, lookup=late.lookup, body=late.body)
    assert len(read_with(old)) == 1
    clear_void()
    assert read_with(old) == []


def test_what_is_withdrawn_gets_no_code(manager):
    referral = recorded(manager)
    withdraw_referral(referral, day=DAY, means="phone", by=manager)
    with pytest.raises(CannotAnswer):
        recording.hand_out_code(referral, by=manager)


@pytest.mark.parametrize(("number", "day"), [(0, "2026-11-26"), (1, "2026-11-27"), (2, "2026-11-30"), (7, "2026-12-07")])
def test_working_days_run_from_monday_to_friday(number, day):
    assert working_days.after(DAY, number) == date.fromisoformat(day)


def test_no_answer_goes_to_a_code_that_was_written_into_the_database(manager):
    right, stranger = Receipt.new(), Receipt.new()
    referral = ReferralFactory(manager=manager, lookup=right.lookup, answer_key=right.public_key)
    watch.changed_codes()
    assert not Alarm.objects.exists()
    Referral.objects.filter(pk=referral.pk).update(lookup=stranger.lookup, answer_key=stranger.public_key)
    with pytest.raises(CodeBroken):
        answering.answer_referrer(referral, text="Blijf in gesprek.", by=manager)
    bring()
    assert (read_with(stranger), Message.objects.count()) == ([], 0)
    watch.changed_codes()
    assert Alarm.objects.get().kind == Alarm.Kind.SEALS
    # A new code puts it right.
    new = recording.hand_out_code(referral, by=manager)
    answering.answer_referrer(referral, text="Blijf in gesprek.", by=manager)
    bring()
    assert [each["kind"] for each in read_with(new)] == ["received", "answer"]
