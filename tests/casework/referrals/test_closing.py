"""Closing: with a recorded advice, with a named destination, or without anybody's name; and taking back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import AuditEvent, Entry, Message, Referral, Referrer, SubjectIdentity
from casework.referrals import closing, withdrawing
from casework.referrals.passage import bring
from casework.referrals.refusals import (
    NamesGoAlong,
    NoAdviceYet,
    NoDestination,
    NotOpen,
    NotYours,
    StillUnanswered,
    TooLateToWithdraw,
    WithoutReferrer,
)
from casework.referrals.writing import add_action, give_advice, judge_boundary
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import read_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(manager, receipt):
    words = {"worry": "In de klas zei Soufiane dat geweld mag. Zijn broer knikte. Dat was tijdens de les over Napoleon."}
    made = ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key, words=words)
    told(made, Message.Direction.OUT, manager)
    return made


def told(referral, direction, by=None):
    return Message.objects.create(referral=referral, direction=direction, means="code", text={"text": "Dag."}, by=by)


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        (closing.close_with_advice, {}),
        (closing.redirect_referral, {"destination": "CLB", "note": ""}),
        (closing.to_prevention, {"theme": "Geweld."}),
    ],
)
def test_who_waits_for_an_answer_is_not_closed_in_silence(referral, manager, verb, facts):
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    told(referral, Message.Direction.IN)
    with pytest.raises(StillUnanswered):
        verb(referral, **facts, by=manager)
    assert Referral.objects.get(pk=referral.pk).is_open
    assert not verb(referral, **facts, unanswered=True, by=manager).is_open


def test_who_was_answered_or_has_no_code_waits_for_nothing(referral, manager):
    assert not closing.waits_for_an_answer(referral)
    assert closing.waits_for_an_answer(ReferralFactory(manager=manager, lookup="a" * 64, answer_key=bytes(32)))
    assert not closing.waits_for_an_answer(ReferralFactory(manager=manager))


def test_i5_closing_with_advice_needs_a_recorded_advice(referral, manager, receipt):
    with pytest.raises(NoAdviceYet):
        closing.close_with_advice(referral, by=manager)
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    closing.close_with_advice(referral, text="Blijf in gesprek.", by=manager)
    referral.refresh_from_db()
    assert (referral.state, referral.answer_due) == ("advised_closed", None)
    bring()
    assert read_with(receipt) == [{"kind": "answer", "text": "Blijf in gesprek."}, {"kind": "status", "state": "closed"}]


def test_redirecting_names_where_to(referral, manager):
    with pytest.raises(NoDestination):
        closing.redirect_referral(referral, destination=" ", note="", by=manager)
    closing.redirect_referral(referral, destination="CLB", note="De leerkracht belt zelf.", by=manager)
    entry = Entry.objects.get(kind="closing")
    assert entry.text == {"destination": "CLB", "text": "De leerkracht belt zelf.", "state": "redirected"}


@pytest.mark.parametrize(
    "theme",
    [
        "Soufian en zijn vrienden.",
        "De familie El Amrani.",
        "Bel 0475 12 34 56.",
        "Bel +32 9 266 70 00.",
        "Geboren op 3/4/2009.",
        "Schrijf naar iemand@school.demo.",
        "Nummer 09.04.03-123.45.",
        "In de Veldstraat.",
        "Juf Katrien weet meer.",
    ],
)
def test_i9_no_personal_data_goes_along_to_prevention(referral, manager, theme):
    identity = {"name": "Soufiane El Amrani", "address": "Veldstraat 1"}
    SubjectIdentity.objects.create(referral=referral, identity=identity)
    Referrer.objects.create(referral=referral, identity={"name": "Katrien", "function": "leerkracht"})
    with pytest.raises(NamesGoAlong):
        closing.to_prevention(referral, theme=theme, sure=True, by=manager)
    assert Referral.objects.get().state == "in_consult"


def test_i9_what_only_looks_like_a_name_is_asked_about(referral, manager):
    with pytest.raises(NamesGoAlong) as refusal:
        closing.to_prevention(referral, theme="Vragen over Napoleon en geweld.", by=manager)
    assert refusal.value.found == ["Napoleon"]
    closing.to_prevention(referral, theme="Vragen over Napoleon en geweld.", sure=True, by=manager)
    assert Referral.objects.get().state == "to_prevention"


def test_i9_a_text_without_anybody_goes_to_prevention(referral, manager):
    closing.to_prevention(referral, theme="In een derde graad wordt geweld goedgepraat.", by=manager)
    assert Entry.objects.get(kind="closing").text == {
        "text": "In een derde graad wordt geweld goedgepraat.",
        "state": "to_prevention",
    }


@pytest.mark.parametrize("boundary", ["none", "doubt", "geweld"])
def test_i10_no_boundary_is_a_full_answer(referral, manager, boundary):
    judge_boundary(referral, boundary=boundary, text="", by=manager)
    assert Entry.objects.get(kind="boundary").text == {"boundary": boundary, "text": ""}


@pytest.mark.parametrize(
    ("verb", "facts", "end"),
    [
        (closing.close_with_advice, {}, date(2027, 5, 30)),
        (closing.redirect_referral, {"destination": "CLB", "note": ""}, date(2026, 12, 30)),
        (closing.to_prevention, {"theme": "Geweld."}, date(2026, 12, 30)),
        (withdrawing.withdraw_referral, {"day": date(2026, 11, 30), "means": "phone"}, date(2026, 12, 30)),
    ],
)
def test_everything_closed_has_an_end(referral, manager, monkeypatch, verb, facts, end):
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 11, 30))
    assert verb(referral, **facts, by=manager).erase_on == end


def test_what_is_closed_takes_no_further_steps(referral, manager):
    closing.redirect_referral(referral, destination="CLB", note="", by=manager)
    for verb, facts in ((closing.redirect_referral, {"destination": "CLB", "note": ""}), (add_action, {"text": "x"})):
        with pytest.raises(NotOpen):
            verb(referral, **facts, by=manager)


@pytest.mark.parametrize("verb", [closing.close_with_advice, closing.to_prevention, closing.redirect_referral])
def test_nobody_closes_the_referral_of_another(referral, manager, verb):
    facts = {closing.to_prevention: {"theme": "x"}, closing.redirect_referral: {"destination": "x", "note": ""}}.get(verb, {})
    with pytest.raises(NotYours):
        verb(referral, **facts, by=AccountFactory(roles=["case_manager"]))


def test_a_withdrawal_by_phone_has_a_day_and_a_means(referral, manager):
    today = timezone.localdate()
    for day, means in ((None, "phone"), (today, "code"), (today + timedelta(days=1), "phone")):
        with pytest.raises(WithoutReferrer):
            withdrawing.withdraw_referral(referral, day=day, means=means, by=manager)
    withdrawing.withdraw_referral(referral, day=today, means="phone", by=manager)
    assert [(each.text, each.means, each.by) for each in referral.thread.filter(direction="in")] == [
        ({"event": "withdrawn"}, "phone", manager)
    ]
    assert AuditEvent.objects.order_by("number").last().action == "withdrawn"


def test_what_is_closed_is_not_withdrawn_but_erased_sooner(referral, manager):
    give_advice(referral, text="Blijf in gesprek.", by=manager)
    closed = closing.close_with_advice(referral, by=manager)
    with pytest.raises(TooLateToWithdraw):
        withdrawing.withdraw_referral(referral, day=timezone.localdate(), means="phone", by=manager)
    withdrawing.withdrawn_by_code(closed)
    assert closed.erase_on == timezone.localdate() + timedelta(days=30)
