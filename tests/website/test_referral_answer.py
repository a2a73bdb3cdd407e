"""Coming back with the code: only what is new, never the own words, and a wrong code learns nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from exchange.models import SealedAnswer, SealedReferral
from exchange.receipts import ALPHABET, Receipt
from exchange.sealing import Kind, seal
from tests.website.referrals import WORRY, answer, arrived, bare, code_on, send, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("website:referral-answer")


@pytest.fixture
def receipt() -> Receipt:
    return Receipt.new()


@pytest.fixture
def come_back(client, address, receipt):
    """Types the code, and presses a button where one is named."""

    def come_back(do="", **more):
        button = {"do": do, "ticket": ticket()} if do else {}
        return client.post(address, {"code": str(receipt)} | button | more)

    return come_back


def mistyped(code: str) -> str:
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 32]


@pytest.mark.parametrize("typed", ["", "x", "kort", "0000-0000", "\x00", "<b>" * 5, "é" * 30])
def test_what_is_no_code_is_told_beside_the_field_without_a_look_up(client, address, typed, django_assert_num_queries):
    response = client.post(address, {"code": typed})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["code"])
    assert 'aria-invalid="true"' in response.content.decode()


def test_one_sign_that_is_wrong_is_told_without_a_look_up(client, address, receipt):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wrong = mistyped(str(receipt))
    with CaptureQueriesContext(connection) as queries:
        response = client.post(address, {"code": wrong})
    assert [query for query in queries if "sealedanswer" in query["sql"]] == []
    assert (list(response.context["form"].errors), f'value="{wrong}"' in response.content.decode()) == (["code"], True)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code.replace('-', '')} "])
def test_a_code_is_read_as_people_type_it(client, address, receipt, typed):
    answer(receipt, "answer", text="Kom eens langs.")
    assert "Kom eens langs." in client.post(address, {"code": typed(str(receipt))}).content.decode()


def test_an_unknown_code_looks_exactly_like_one_that_waits_for_its_answer(client, address):
    known, unknown = code_on(send(client)), str(Receipt.new())
    pages = [bare(client.post(address, {"code": code}), code) for code in (known, unknown)]
    assert pages[0] == pages[1]
    # With an answer it would be another page: the comparison is not blind.
    answer(Receipt.read(known), "answer", text="Kom eens langs.")
    assert bare(client.post(address, {"code": known}), known) != pages[1]


@pytest.mark.parametrize("do", ["add", "give", "take-back", "withdraw"])
def test_an_unknown_code_looks_like_a_known_one_whatever_is_sent_with_it(client, address, do):
    known, unknown = code_on(send(client)), str(Receipt.new())
    more = {"do": do, "text": "Nog iets.", "identity_name": "Wout", "ticket": ticket(), "sure": "1"}
    pages = [bare(client.post(address, more | {"code": code}), code) for code in (known, unknown)]
    assert pages[0] == pages[1]


def test_the_own_report_is_never_shown(client, address):
    code = code_on(send(client, since="sinds Pasen", identity_name="Wout Claes", name="Noor"))
    answer(Receipt.read(code), "received", of="referral")
    html = client.post(address, {"code": code}).content.decode()
    assert [word for word in (WORRY, "Pasen", "Wout", "Claes", "Noor") if word in html] == []


def test_answers_and_where_it_stands_are_shown_the_newest_first(come_back, receipt):
    answer(receipt, "received", of="referral")
    answer(receipt, "status", state="in_consult")
    answer(receipt, "answer", text="Eerst dit.")
    answer(receipt, "answer", text="Dan <b>dat</b>.")
    response = come_back()
    thread = response.context["thread"]
    assert ([text for _day, text in thread.answers], len(thread.lines)) == (["Dan <b>dat</b>.", "Eerst dit."], 2)
    assert "Dan &lt;b&gt;dat&lt;/b&gt;." in response.content.decode()


def test_the_answer_of_another_code_is_not_shown(come_back):
    answer(Receipt.new(), "answer", text="Voor een ander.")
    assert "Voor een ander." not in come_back().content.decode()


def test_what_somebody_without_the_key_put_there_says_nothing(come_back, receipt):
    forged = seal(Kind.ANSWER, {"v": 1, "kind": "answer", "day": "2026-11-26", "text": "Nep"}, [Receipt.new().public_key])
    SealedAnswer.objects.create(lookup=receipt.lookup, body=forged)
    SealedAnswer.objects.create(lookup=receipt.lookup, body=b"x" * 200, number=1)
    assert come_back().context["thread"].answers == []


@pytest.mark.parametrize(
    ("do", "more", "kind", "content"),
    [
        ("add", {"text": "Nog iets."}, "addition", {"text": "Nog iets."}),
        ("give", {"identity_name": "Wout Claes", "identity_other": "nieuw"}, "identity",
         {"identity": {"name": "Wout Claes", "other": "nieuw"}}),
        ("withdraw", {"sure": "1"}, "withdrawal", {}),
        ("take-back", {"sure": "1"}, "identity_withdrawal", {}),
    ],
)  # fmt: skip
def test_each_thing_one_can_do_is_a_new_sealed_row(come_back, receipt, do, more, kind, content):
    response = come_back(do, **more)
    [words] = arrived()
    del words["day"]
    heading = {"v": 1, "kind": kind, "lookup": receipt.lookup, "answer_key": receipt.public_key.hex()}
    assert words == heading | content
    assert response.context["sent"]


@pytest.mark.parametrize("do", ["withdraw", "take-back"])
def test_taking_back_is_asked_once_more(come_back, do):
    asked = come_back(do)
    assert (SealedReferral.objects.count(), 'name="sure"' in asked.content.decode()) == (0, True)
    left = come_back(**{"sure": "1", "back": do})
    assert (SealedReferral.objects.count(), left.status_code) == (0, 200)


@pytest.mark.parametrize(("do", "more"), [("add", {"text": " "}), ("give", {}), ("add", {"text": "Nog iets.", "ticket": "x"})])
def test_what_is_not_right_is_told_and_nothing_is_sent(come_back, do, more):
    response = come_back(do, **more)
    assert (response.status_code, SealedReferral.objects.count()) == (200, 0)
    assert 'role="alert"' in response.content.decode()


def test_sent_twice_it_arrives_once(come_back):
    word = ticket()
    for _time in range(2):
        come_back("add", text="Nog iets.", ticket=word)
    assert SealedReferral.objects.count() == 1


def test_a_code_that_was_replaced_says_so_and_offers_nothing(come_back, receipt):
    answer(receipt, "answer", text="Oud nieuws.")
    answer(receipt, "void")
    html = come_back().content.decode()
    assert ("Oud nieuws." in html, "<textarea" in html) == (False, False)


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_what_has_ended_can_be_added_to_and_not_taken_back_any_more(come_back, receipt, state):
    answer(receipt, "status", state=state)
    html = come_back().content.decode()
    assert ('value="add"' in html, 'value="withdraw"' in html) == (True, False)


def test_the_code_travels_in_the_bodies_of_posts_only(come_back, receipt):
    answer(receipt, "answer", text="Kom eens langs.")
    html = come_back().content.decode()
    where = [html[found.start() - 40 : found.start()] for found in re.finditer(str(receipt), html)]
    assert len(where) > 0
    assert [text for text in where if not text.endswith('name="code" value="')] == []


def test_a_code_in_the_address_is_not_looked_at(client, address, receipt):
    answer(receipt, "answer", text="Kom eens langs.")
    html = client.get(address, {"code": str(receipt)}).content.decode()
    assert ("Kom eens langs." in html, str(receipt) in html) == (False, False)


def test_the_field_of_the_code_is_not_remembered_by_the_browser(client, address):
    field = re.search(r"<input[^>]*name=\"code\"[^>]*>", client.get(address).content.decode())[0]
    assert 'autocomplete="off"' in field


def test_from_a_page_that_no_longer_counts_the_code_and_the_words_stand_there_still(address, receipt):
    client = Client(enforce_csrf_checks=True)
    more = {"do": "add", "text": "Nog iets.", "ticket": ticket()}
    responses = [client.post(address, sent) for sent in ({"code": str(receipt)} | more, {"code": "x"})]
    assert ([response.status_code for response in responses], SealedReferral.objects.count()) == ([403, 403], 0)
    assert "Nog iets.</textarea>" in responses[0].content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405
