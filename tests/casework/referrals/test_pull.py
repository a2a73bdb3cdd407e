"""What the public site sealed is taken in: each row once, whatever dies in between, and nothing that was typed is lost."""

import logging

import pytest

from casework.keyring import keys
from casework.models import AuditEvent, Message, OutgoingAnswer, PulledRow, Referral, SubjectIdentity, UnreadableRow
from casework.referrals import arriving, passage, pull_state
from casework.referrals.passage import POINTS
from casework.referrals.pull import pull
from casework.referrals.recording import hand_out_code
from casework.referrals.taking import take_referral
from casework.watching import canary
from exchange.models import SealedReferral
from exchange.receipts import Receipt
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory
from tests.casework.referrals.letters_in import WORDS, read_with, refer, send

pytestmark = pytest.mark.django_db


class Died(BaseException):
    """The process is gone at this point."""


def received(*kinds: str) -> list[dict]:
    return [{"kind": "received", "of": kind} for kind in kinds]


def test_a_referral_is_taken_in_acknowledged_and_gone_from_the_exchange():
    receipt = Receipt.new()
    refer(receipt)
    assert pull() == 1
    [referral] = Referral.objects.all()
    assert (referral.words, referral.outline, referral.state, referral.has_news) == (
        WORDS,
        {"sector": "onderwijs"},
        "submitted",
        True,
    )
    assert read_with(receipt) == received("referral")
    assert SealedReferral.objects.count() == 0


def test_who_referred_and_who_it_is_about_lie_in_parts_of_their_own():
    refer(Receipt.new(), referrer={"name": "Els", "phone": ""}, identity={"name": "Yassine"})
    pull()
    referral = Referral.objects.get()
    assert (referral.referrer.identity, referral.subject.identity, referral.subject.state) == (
        {"name": "Els"},
        {"name": "Yassine"},
        "offered",
    )
    assert not {"Els", "Yassine"} & set(str(referral.words).split())


def test_additions_find_their_referral_even_when_they_lie_in_front_of_it():
    receipts = [Receipt.new() for _ in range(5)]
    for receipt in receipts:
        send(receipt, "addition", text="Nog iets.")
    for receipt in receipts:
        refer(receipt)
    assert pull() == 10
    assert sorted(Message.objects.values_list("referral__lookup", flat=True)) == sorted(each.lookup for each in receipts)
    assert Referral.objects.count() == 5


def test_an_addition_to_an_unknown_code_becomes_a_referral_with_its_own_mark():
    receipt = Receipt.new()
    send(receipt, "addition", text="Ik schreef vorige maand.")
    pull()
    [referral] = Referral.objects.all()
    assert (referral.outline, referral.words) == ({"sector": "", "mark": "loose"}, {"worry": "Ik schreef vorige maand."})
    assert read_with(receipt) == received("addition")


def test_an_identity_for_an_unknown_code_is_kept_as_well():
    send(Receipt.new(), "identity", identity={"name": "Yassine"})
    pull()
    assert Referral.objects.get().subject.identity == {"name": "Yassine"}


def test_a_second_referral_with_the_same_code_is_kept_as_an_addition():
    receipt = Receipt.new()
    refer(receipt)
    pull()
    refer(receipt, words={"worry": "Nog eens."}, referrer={"name": "Els"})
    pull()
    [referral] = Referral.objects.all()
    assert [message.text["text"] for message in referral.thread.all()] == ["Nog eens."]
    assert (referral.words, referral.referrer.identity) == (WORDS, {"name": "Els"})


def test_who_knows_the_look_up_and_not_the_code_reaches_nothing():
    receipt, stranger = Receipt.new(), Receipt.new()
    refer(receipt)
    pull()
    send(receipt, "withdrawal", answer_key=stranger.public_key.hex())
    send(receipt, "addition", text="Vals.", answer_key=stranger.public_key.hex())
    pull()
    known = Referral.objects.get(lookup=receipt.lookup)
    assert (known.state, known.thread.count()) == ("submitted", 0)
    assert [each.words for each in Referral.objects.filter(lookup=None)] == [{"worry": "Vals."}]
    send(receipt, "withdrawal")
    pull()
    known.refresh_from_db()
    assert known.state == "withdrawn"


def test_a_withdrawal_by_code_empties_the_identity_and_is_told():
    receipt = Receipt.new()
    refer(receipt, identity={"name": "Yassine"})
    pull()
    send(receipt, "withdrawal")
    pull()
    referral = Referral.objects.get()
    assert (referral.state, referral.subject.state, referral.subject.identity) == ("withdrawn", "withdrawn", {})
    statuses = [{"kind": "status", "state": "identity_withdrawn"}, {"kind": "status", "state": "withdrawn"}]
    assert read_with(receipt) == received("referral") + statuses + received("withdrawal")


def test_an_identity_is_offered_changed_and_taken_back_by_code():
    receipt = Receipt.new()
    refer(receipt)
    pull()
    for name in ("Yassine", "Yasin"):
        send(receipt, "identity", identity={"name": name})
        pull()
    subject = SubjectIdentity.objects.get()
    assert subject.identity == {"name": "Yasin", "earlier": [{"name": "Yassine"}]}
    send(receipt, "identity_withdrawal")
    pull()
    subject = SubjectIdentity.objects.get()
    assert (subject.state, subject.identity) == ("withdrawn", {})


def test_without_the_key_nothing_is_touched(settings, tmp_path):
    refer(Receipt.new())
    settings.KEYS = str(tmp_path)
    keys.forget()
    with pytest.raises(keys.KeyMissing):
        pull()
    assert (SealedReferral.objects.count(), UnreadableRow.objects.count()) == (1, 0)


def test_a_row_that_breaks_something_does_not_stop_the_rows_behind_it(caplog, monkeypatch):
    def broken(marker):
        raise RuntimeError("een geheim")

    monkeypatch.setattr(canary, "came_back", broken)
    send(None, "canary", marker="m")
    refer(Receipt.new())
    with caplog.at_level(logging.ERROR):
        pull()
    assert (Referral.objects.count(), SealedReferral.objects.count()) == (1, 1)
    assert "geheim" not in caplog.text


def test_a_round_that_leaves_a_row_behind_is_no_success(monkeypatch):
    pull()
    before = pull_state.last_success()
    refer(Receipt.new())
    with monkeypatch.context() as broken:
        broken.setattr(arriving, "take_in", lambda *given: 1 / 0)
        pull()
    assert (pull_state.last_success(), pull_state.state().error) == (before, "ZeroDivisionError")
    pull()
    assert (pull_state.last_success() > before, Referral.objects.count()) == (True, 1)


def test_a_canary_is_handed_on_and_makes_no_referral(monkeypatch):
    markers = []
    monkeypatch.setattr(canary, "came_back", markers.append)
    send(None, "canary", marker="kanarie-1")
    pull()
    assert (markers, Referral.objects.count(), OutboxMessage.objects.count()) == (["kanarie-1"], 0, 0)


def test_a_canary_that_came_through_the_form_is_known_by_its_words(monkeypatch):
    texts = []
    monkeypatch.setattr(canary, "is_canary", lambda words: "kanarie" in words["worry"])
    monkeypatch.setattr(canary, "came_back", texts.append)
    receipt = Receipt.new()
    refer(receipt, words={"worry": "kanarie-abc"})
    pull()
    assert (texts, Referral.objects.count(), SealedReferral.objects.count()) == (["kanarie-abc"], 0, 0)
    assert (OutboxMessage.objects.count(), read_with(receipt)) == (0, [])


def test_an_addition_under_a_void_code_is_kept_and_the_old_code_reads_nothing():
    user, receipt = AccountFactory(roles=["case_manager"]), Receipt.new()
    refer(receipt)
    pull()
    referral = Referral.objects.get()
    take_referral(referral, by=user)
    new = hand_out_code(referral, by=user)
    pull()
    send(receipt, "addition", text="Met de oude code.")
    pull()
    assert (read_with(receipt), read_with(new)) == ([], received("referral"))
    assert [each.words for each in Referral.objects.filter(lookup=None)] == [{"worry": "Met de oude code."}]


def everything() -> dict:
    """What must be the same, however often the worker died."""
    [referral] = Referral.objects.all()
    return {
        "messages": [message.text for message in referral.thread.all()],
        "pulled": PulledRow.objects.count(),
        "left": SealedReferral.objects.count(),
        "answers": OutgoingAnswer.objects.filter(brought_at=None).count(),
        "arrived": AuditEvent.objects.filter(action="arrived").count(),
        "mails": OutboxMessage.objects.count(),
    }


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("times", [1, 2])
def test_whatever_dies_between_two_commits_nothing_is_lost_and_nothing_doubled(point, times, monkeypatch):
    AccountFactory(roles=["case_manager"])
    receipt = Receipt.new()
    refer(receipt)
    send(receipt, "addition", text="Nog iets.")
    died = []

    def die(at):
        if at == point and len(died) < times:
            died.append(at)
            raise Died

    monkeypatch.setattr(passage, "reached", die)
    for _turn in range(times):
        with pytest.raises(Died):
            pull()
    pull()
    assert len(died) == times
    assert read_with(receipt) == received("referral", "addition")
    assert everything() == {"messages": [{"text": "Nog iets."}], "pulled": 2, "left": 0, "answers": 0, "arrived": 2, "mails": 1}


def test_without_the_memory_of_pulled_rows_a_death_would_double(monkeypatch):
    """The control of the test above: forgetting what was pulled shows as a second copy."""
    receipt = Receipt.new()
    refer(receipt)

    def die(at):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(passage, "reached", die)
        with pytest.raises(Died):
            pull()
    PulledRow.objects.all().delete()
    pull()
    assert Message.objects.count() == 1
