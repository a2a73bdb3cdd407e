"""What nobody needs any more leaves casework by itself, and what still counts stays."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from casework.entrance import invitations
from casework.models import Alarm, AuditEvent, Invitation, OutgoingAnswer, PulledRow, Referral, UnreadableRow
from casework.referrals import passage
from casework.referrals.pull import pull
from casework.watching import watch
from exchange.models import SealedAnswer, SealedReferral
from exchange.receipts import Receipt
from shared import outbox
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory
from tests.casework.referrals.letters_in import read_with, refer, send

pytestmark = pytest.mark.django_db


def let_the_worker_forget() -> None:
    """Each of its tasks that forgets something, as the settings of this zone name them."""
    for path, _seconds in settings.WORKER_TASKS:
        if ".forget_" in path:
            import_string(path)()


def ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_mail_that_went_out_is_forgotten_after_its_term():
    for about, days in (("over", settings.MAIL_DAYS + 1), ("kept", settings.MAIL_DAYS - 1)):
        row = outbox.queue(kind="casework_alarm", to="a@expo-r.demo", subject="s", text="t", about=about)
        OutboxMessage.objects.filter(pk=row.pk).update(state=OutboxMessage.State.SENT, sent_at=ago(days))
    let_the_worker_forget()
    assert list(OutboxMessage.objects.values_list("about", flat=True)) == ["kept"]


def test_what_was_taken_in_is_remembered_for_ninety_days():
    _over, kept = [PulledRow.objects.create(pk=uuid4(), day=timezone.localdate() - timedelta(days=days)) for days in (91, 90)]
    let_the_worker_forget()
    assert list(PulledRow.objects.all()) == [kept]


def test_what_still_lies_in_the_exchange_is_remembered_and_comes_in_once(monkeypatch):
    def stop(point):
        if point == "answered":
            raise RuntimeError

    refer(Receipt.new())
    with monkeypatch.context() as patched:
        patched.setattr(passage, "reached", stop)
        pull()
    PulledRow.objects.update(day=timezone.localdate() - timedelta(days=400))
    let_the_worker_forget()
    pull()
    assert (Referral.objects.count(), SealedReferral.objects.count()) == (1, 0)
    assert Referral.objects.get().thread.count() == 0


def test_what_no_key_opened_goes_after_a_year_with_a_line_in_the_log_and_its_alarm_stays(caplog):
    facts = {"day": timezone.localdate(), "body": b"geheim"}
    _over, kept = [UnreadableRow.objects.create(pk=uuid4(), found_at=ago(days), **facts) for days in (366, 364)]
    watch.look_around()
    with caplog.at_level(logging.WARNING):
        let_the_worker_forget()
    assert list(UnreadableRow.objects.all()) == [kept]
    assert [record.getMessage() for record in caplog.records] == ["forgotten: 1 rows that no key opened"]
    assert Alarm.objects.filter(kind="unreadable", acknowledged_at=None).count() == 1


def proposal(state: str, *, days: int) -> Invitation:
    """One that came to this state so many days ago, its code having run out then where it had one."""
    by, second = AccountFactory(roles=["administrator"]), AccountFactory(roles=["administrator"])
    who = {"email": f"{state}{days}@stad.demo", "first_name": "Nora", "last_name": "Nieuw"}
    made = invitations.invite(**who, roles=["case_manager"], by=by)[0]
    if state in ("approved", "used"):
        invitations.approve(made.pk, by=second)
        Invitation.objects.filter(pk=made.pk).update(expires_at=ago(days))
    Invitation.objects.filter(pk=made.pk).update(state=state, proposed_at=ago(days))
    return made


@pytest.mark.parametrize("state", ["used", "refused", "withdrawn", "approved"])
def test_a_proposal_that_is_over_goes_after_a_year_and_its_record_stays(state):
    over, kept = [proposal(state, days=days) for days in (366, 364)]
    let_the_worker_forget()
    assert list(Invitation.objects.all()) == [kept]
    assert AuditEvent.objects.filter(action="proposed", object=str(over.pk)).exists()


def test_a_proposal_that_waits_stays_however_old():
    waits = proposal("proposed", days=900)
    let_the_worker_forget()
    assert list(Invitation.objects.all()) == [waits]


def answered(receipt: Receipt, *, days: int) -> None:
    """A word to this code, as if it was brought so many days ago."""
    passage.answer_out(receipt.lookup, receipt.public_key, "received", of="withdrawal")
    passage.bring()
    OutgoingAnswer.objects.filter(lookup=receipt.lookup).update(made_at=F("made_at") - timedelta(days=days))


def test_an_answer_to_nobody_goes_after_as_long_as_answers_are_kept_in_both_zones():
    over, kept = Receipt.new(), Receipt.new()
    answered(over, days=190)
    answered(kept, days=180)
    let_the_worker_forget()
    assert [list(model.objects.values_list("lookup", flat=True)) for model in (OutgoingAnswer, SealedAnswer)] == [[kept.lookup]] * 2


def test_all_answers_to_a_code_go_together():
    receipt = Receipt.new()
    answered(receipt, days=170)
    answered(receipt, days=170)
    let_the_worker_forget()
    assert OutgoingAnswer.objects.count() == 2


def test_an_answer_that_waits_or_has_a_referral_stays_however_old():
    waits, has_one = Receipt.new(), Receipt.new()
    refer(has_one)
    pull()
    passage.answer_out(waits.lookup, waits.public_key, "received", of="withdrawal")
    OutgoingAnswer.objects.update(made_at=ago(900))
    let_the_worker_forget()
    assert OutgoingAnswer.objects.count() == 2
    assert read_with(has_one) != []


def test_a_withdrawal_of_what_was_erased_leaves_nothing_behind_in_the_end():
    receipt = Receipt.new()
    send(receipt, "withdrawal")
    pull()
    assert read_with(receipt) == [{"kind": "received", "of": "withdrawal"}]
    OutgoingAnswer.objects.update(made_at=ago(190))
    let_the_worker_forget()
    assert (read_with(receipt), OutgoingAnswer.objects.count()) == ([], 0)
