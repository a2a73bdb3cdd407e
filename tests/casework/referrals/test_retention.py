"""Everything ends: what is due is emptied, a tombstone stays, and nobody is surprised."""

import logging
from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import (
    Alarm,
    AuditEvent,
    Entry,
    Grant,
    Handover,
    Message,
    OutgoingAnswer,
    Referral,
    Referrer,
    SubjectIdentity,
    VoidedCode,
)
from casework.referrals import handing, identity, retention
from casework.referrals.answering import answer_referrer
from casework.referrals.passage import bring, clear_void
from casework.referrals.writing import give_advice
from casework.watching import alarms
from exchange.receipts import Receipt
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import read_with

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def full_referral(receipt, **more) -> Referral:
    manager = AccountFactory(roles=["case_manager"])
    referral = ReferralFactory(
        manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key, day=date(2026, 8, 20), source="phone"
    )
    Referrer.objects.create(referral=referral, identity={"name": "Els"})
    identity.put(referral, {"name": "Yassine"}, day=TODAY())
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    answer_referrer(referral, text="Blijf in gesprek.", by=manager)
    handing.ask_colleague(referral, to=AccountFactory(roles=["case_manager"]), note="Kan jij?", by=manager)
    Referral.objects.filter(pk=referral.pk).update(state="advised_closed", **{"erase_on": TODAY()} | more)
    return referral


def test_what_is_due_is_emptied_and_leaves_a_tombstone():
    receipt = Receipt.new()
    before = full_referral(receipt)
    bring()
    assert (retention.erase_due(), retention.erase_due()) == (1, 0)
    clear_void()
    [left] = Referral.objects.all()
    assert (left.pk, left.state, left.outline, left.words) == (
        before.pk,
        "expired",
        {"quarter": "2026Q3", "outcome": "advised_closed"},
        {},
    )
    assert (left.day, left.source, left.lookup, left.answer_key, left.reference == before.reference) == (
        date(2026, 7, 1),
        "",
        None,
        None,
        False,
    )
    models = (Message, Entry, Referrer, SubjectIdentity, Grant, Handover, OutgoingAnswer)
    assert [model.objects.count() for model in models] == [0] * len(models)
    assert read_with(receipt) == []


def test_erasing_is_on_record():
    referral = full_referral(Receipt.new())
    retention.erase_due()
    event = AuditEvent.objects.order_by("number").last()
    assert (event.action, event.actor, event.object) == ("erased", None, str(referral.pk))


def test_what_is_not_due_stays():
    full_referral(Receipt.new(), erase_on=TODAY() + timedelta(days=1))
    assert (retention.erase_due(), Message.objects.count(), VoidedCode.objects.count()) == (0, 2, 0)


def test_one_that_can_not_be_erased_sounds_an_alarm_and_keeps_nothing_behind_it(monkeypatch, caplog):
    broken, other = [full_referral(Receipt.new(), erase_on=TODAY() - timedelta(days=days)) for days in (2, 1)]
    bury = retention._bury

    def refuse(referral):
        bury(referral)
        if referral.pk == broken.pk:
            raise RuntimeError("een geheim")

    monkeypatch.setattr(retention, "_bury", refuse)
    with caplog.at_level(logging.ERROR):
        assert retention.erase_due() == 1
    assert list(Referral.objects.filter(state="expired")) == [other]
    assert (broken.thread.count() > 0, other.thread.count()) == (True, 0)
    assert [record.getMessage() for record in caplog.records] == ["retention: a referral was not erased: RuntimeError"]
    assert "geheim" not in caplog.text
    assert list(Alarm.objects.values_list("kind", flat=True)) == ["erasing"]


def test_what_goes_on_not_to_be_erased_is_one_alarm(settings):
    assert dict(settings.WORKER_TASKS)["casework.referrals.retention.erase_due"] < alarms.QUIET.total_seconds()


@pytest.mark.parametrize(("days", "told", "urgent"), [(31, False, False), (30, True, False), (8, True, False), (7, True, True)])
def test_warnings_come_thirty_and_seven_days_ahead(days, told, urgent):
    referral = ReferralFactory(state="redirected", erase_on=TODAY() + timedelta(days=days))
    assert retention.ending_soon([referral]) == ([referral] if told else [])
    assert retention.is_urgent(referral) == urgent


@pytest.mark.parametrize(
    ("day", "end"),
    [(date(2026, 8, 31), date(2027, 2, 28)), (date(2026, 12, 15), date(2027, 6, 15)), (date(2027, 8, 31), date(2028, 2, 29))],
)
def test_six_months_end_on_the_same_day_or_the_last_of_the_month(day, end):
    assert retention.end_of("advised_closed", day) == end
