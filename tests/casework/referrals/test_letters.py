"""A letter is what was agreed, or none at all: whatever the public site writes, it can be kept, shown and answered."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Referral, UnreadableRow
from casework.referrals import arriving, letters, looking_up
from casework.referrals.letters import NoLetter
from casework.referrals.pull import pull
from casework.referrals.taking import take_referral
from casework.watching import canary
from exchange.receipts import Receipt
from exchange.words import BOUNDARIES, PRIOR_ACTIONS, SECTORS_AND_UNSAID
from tests.casework.referrals.letters_in import WORDS, read_with, refer, send
from tests.people.signing_in import sign_in
from website.referral import answer_forms, hints
from website.referral.forms import ReferralForm

TODAY = timezone.localdate
LOW_ORDER = ["00" * 32, f"01{'00' * 31}", f"ec{'ff' * 30}7f"]
WHOLE = {"sector": "onderwijs", "words": WORDS, "referrer": {"name": "Els"}, "identity": {"name": "Yassine"}, "text": "Nog iets."}
FORM = ReferralForm.base_fields


def letter(receipt: Receipt, **changed) -> dict:
    body = {"v": 1, "kind": "referral", "lookup": receipt.lookup, "answer_key": receipt.public_key.hex(), "day": "2026-11-26"}
    return body | WHOLE | changed


@pytest.mark.parametrize("point", LOW_ORDER)
@pytest.mark.django_db
def test_a_key_that_nothing_can_be_sealed_to_is_kept_apart_and_holds_up_nobody(receipt, point):
    send(Receipt.new(), "referral", words=WORDS, answer_key=point)
    refer(receipt)
    assert pull() == 2
    assert (UnreadableRow.objects.count(), Referral.objects.count()) == (1, 1)
    assert read_with(receipt) == [{"kind": "received", "of": "referral"}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sector": "Bel 0470 12 34 56"},
        {"words": {"boundary": ["doubt"]}},
        {"words": {"boundary": "andere"}},
        {"words": {"prior_actions": "nog-geen"}},
        {"words": {"prior_actions": [["nog-geen"]]}},
        {"words": {"prior_actions": ["iets"]}},
        {"words": {"worry": ["a"]}},
        {"words": {"worry": "\ud800"}},
        {"words": {"worry": "\0"}},
        {"words": {"Bel ons": "op 0470 12 34 56"}},
        {"words": []},
        {"referrer": {"earlier": "Els"}},
        {"identity": {"earlier": "Yassine"}},
        {"identity": {"earlier": [{"name": "Yassine"}]}},
        {"identity": {"name": 7}},
        {"identity": {"name": "y" * 201}},
        {"text": {}},
        {"text": "t" * (letters.LONGEST * letters.MASKED + 1)},
    ],
)
def test_what_the_form_could_not_have_written_is_no_letter(receipt, wrong):
    with pytest.raises(NoLetter):
        letters.read(letter(receipt, **wrong), TODAY())


def test_every_choice_of_the_form_and_none_is_a_letter(receipt):
    for boundary, _name in [*BOUNDARIES, ("", "")]:
        words = {"boundary": boundary, "prior_actions": [code for code, _name in PRIOR_ACTIONS]}
        read = letters.read(letter(receipt, words=words), TODAY())
        assert (read.words.get("boundary", ""), read.words["prior_actions"]) == (boundary, words["prior_actions"])
    assert [letters.read(letter(receipt, sector=code), TODAY()).sector for code, _name in SECTORS_AND_UNSAID] == list(
        dict(SECTORS_AND_UNSAID)
    )


def test_the_longest_that_the_form_takes_is_a_letter_and_longer_is_none(receipt):
    words = {name: "w" * FORM[name].max_length for name in ReferralForm.free_texts}
    referrer = {name: "r" * FORM[name].max_length for name in ReferralForm.in_referrer}
    identity = {name.removeprefix("identity_"): "i" * FORM[name].max_length for name in ReferralForm.in_identity}
    text = "t" * answer_forms.AdditionForm.base_fields["text"].max_length
    read = letters.read(letter(receipt, words=words, referrer=referrer, identity=identity, text=text), TODAY())
    assert (read.words, read.referrer, read.identity, read.text) == (words, referrer, identity, text)
    for part, said in (("referrer", referrer), ("identity", identity)):
        for name, longest in said.items():
            with pytest.raises(NoLetter):
                letters.read(letter(receipt, **{part: {name: f"{longest}x"}}), TODAY())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_text_with_all_that_tells_who_it_is_replaced_is_a_letter(receipt, language):
    for told in ("a@b.be ", "zag Jo, ", "Er was Jo, "):
        text = (told * letters.LONGEST)[: letters.LONGEST]
        with translation.override(language):
            masked = hints.apply(text, dict.fromkeys(hints.find([text]), hints.Choice.MASK))
        assert letters.read(letter(receipt, words={"worry": masked}), TODAY()).words == {"worry": masked}


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["ı", "İ"])
def test_a_marker_with_a_letter_that_only_looks_like_one_is_no_canary(receipt, sign):
    marker = canary.marker(494_000)
    for text in (marker[:-1] + sign, marker.replace("kanarie-a", f"kanarie-{sign}")):
        refer(Receipt.new(), words={"worry": text})
    assert pull() == 2
    assert Referral.objects.count() == 2


RECEIPTS = [Receipt(bytes([number]) * 15) for number in (1, 2)]
KINDS = ["referral", *sorted(arriving.KINDS), "canary"]
PLACES = [(name,) for name in (*letter(RECEIPTS[0]), "marker")]
PLACES += [("words", name) for name in (*WORDS, "since", "new_question")]
PLACES += [(part, name) for part in ("referrer", "identity") for name in ("name", "email", "earlier")]
texts = st.text(max_size=20) | st.sampled_from(["", "\ud800", "a\0", "x" * 300, "9999-12-31", "0001-01-01", "<b>", "kanarie-"])
known = st.sampled_from(["doubt", "nog-geen", "onderwijs", "earlier", "name", "worry", *KINDS])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts | known
some = st.lists(known, max_size=3) | st.dictionaries(known, known, max_size=3) | st.sampled_from(LOW_ORDER)
anything = some | st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | known, inner, max_size=3), max_leaves=6
)


def put(body: dict, place: tuple[str, ...], value) -> None:
    """This value at this place of a letter, as far as the place is still there."""
    *above, last = place
    part = body[above[0]] if above else body
    if isinstance(part, dict):
        part[last] = value


@st.composite
def bodies(draw) -> dict:
    """A letter of some kind in which something else stands in a place or two, as JSON brings it."""
    body = json.loads(json.dumps(letter(draw(st.sampled_from(RECEIPTS)), kind=draw(st.sampled_from(KINDS)))))
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2)):
        put(body, place, draw(anything))
    return json.loads(json.dumps(body))


@pytest.mark.django_db
@pytest.mark.parametrize("number", [150, pytest.param(3_000, marks=pytest.mark.long)])
def test_whatever_stands_in_a_letter_it_can_be_shown_or_it_is_none(client, manager, number):
    sign_in(client, manager)
    refer(RECEIPTS[0], referrer={"name": "Els"}, identity={"name": "Yassine"})
    pull()

    # The same letters each time in the normal run, others each time in the long one.
    @settings(max_examples=number, derandomize=number == 150, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(bodies())
    def try_one(body):
        try:
            read = letters.read(body, TODAY() - timedelta(days=1))
        except NoLetter:
            return
        with transaction.atomic():
            for _time in range(2):  # the second one finds what the first one made
                arriving.take_in(uuid4(), read)
            assert_shown(client, manager)
            transaction.set_rollback(True)

    try_one()


def assert_shown(client, manager) -> None:
    """Every page of every referral that is there, and that all of it can be looked through."""
    assert client.get(reverse("casework:referrals")).status_code == 200
    for referral in Referral.objects.unassigned():
        take_referral(referral, by=manager)
    for referral in Referral.objects.visible_to(manager):
        pages = [reverse(f"casework:{name}", args=[referral.pk]) for name in ("referral", "referrer", "subject")]
        assert [client.get(page).status_code for page in pages] == [200] * 3
    looking_up.look_up("Els Janssens", by=manager)


def test_a_day_that_is_none_is_the_day_it_arrived(receipt):
    arrived = date(2026, 11, 20)
    assert [letters.read(letter(receipt, day=day), arrived).day for day in ("9999-12-31", 7, ["x"], "2026-13-01")] == [arrived] * 4
