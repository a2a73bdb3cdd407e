"""The confidential form: sealed on its way, sent once, nothing typed is lost, and nobody is asked who it is about."""

import pytest
from django.test import Client
from django.urls import reverse

from exchange.models import SealedReferral
from exchange.receipts import Receipt
from exchange.sealing import Kind, Unreadable, unseal
from exchange.words import BOUNDARIES, PRIOR_ACTIONS, SECTORS_AND_UNSAID
from tests import exchange_keys
from tests.website.referrals import WORRY, arrived, code_on, send, ticket, typed
from website.referral import tickets

pytestmark = pytest.mark.django_db
EMPTY = {"since": "", "boundary_words": "", "prior_actions_words": "", "question": ""}


@pytest.fixture
def address():
    return reverse("website:referral")


def test_one_answer_is_enough_and_leads_to_a_card_with_a_code(client):
    response = send(client)
    receipt = Receipt.read(code_on(response))
    [words] = arrived()
    assert response.status_code == 200
    assert words.pop("day") == str(SealedReferral.objects.get().day)
    assert words == {
        "v": 1,
        "kind": "referral",
        "lookup": receipt.lookup,
        "answer_key": receipt.public_key.hex(),
        "sector": "ongezegd",
        "words": EMPTY | {"worry": WORRY, "boundary": "doubt", "prior_actions": []},
        "referrer": {},
        "identity": {},
    }


def test_everything_that_was_answered_is_sealed_along(client):
    told = {"since": "sinds september", "boundary_words": "bang", "prior_actions_words": "gaf rust", "question": "Wat kan?"}
    about = {"name": "Noor Peeters", "function": "leerkracht", "email": "noor@school.demo", "reach": "na 16 uur"}
    about_them = {"identity_name": "Wout Claes", "identity_birth": "15 jaar"}
    send(client, **told, **about, **about_them, boundary="haat", prior_actions=["gesprek", "team"], sector="onderwijs")
    [words] = arrived()
    assert words["words"] == told | {"worry": WORRY, "boundary": "haat", "prior_actions": ["gesprek", "team"]}
    assert (words["sector"], words["referrer"]) == ("onderwijs", about)
    assert words["identity"] == {"name": "Wout Claes", "birth": "15 jaar"}


@pytest.mark.parametrize("boundary", [slug for slug, _name in BOUNDARIES])
def test_no_answer_about_the_boundary_stops_a_referral_and_doubt_is_one(client, boundary):
    assert code_on(send(client, boundary=boundary))
    assert arrived()[0]["words"]["boundary"] == boundary


def test_nothing_yet_is_an_answer(client):
    send(client, prior_actions=["nog-geen"])
    assert arrived()[0]["words"]["prior_actions"] == ["nog-geen"]


def test_what_a_browser_leaves_out_is_doubt_and_unsaid(client, address):
    client.post(address, {"worry": WORRY, "ticket": ticket()})
    [words] = arrived()
    assert (words["words"]["boundary"], words["sector"]) == ("doubt", "ongezegd")


def test_identity_is_never_required_and_only_the_worry_is(client, address):
    form = client.get(address).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["ticket", "worry"]


def test_each_key_opens_it_and_no_other(client):
    send(client)
    assert arrived(exchange_keys.RECOVERY) == arrived(exchange_keys.ZONE)
    with pytest.raises(Unreadable):
        unseal(Kind.REFERRAL, SealedReferral.objects.get().body, b"x" * 32)


def test_no_word_of_it_lies_in_the_database(client):
    send(client, worry="Zonnebloem is wat ik typte")
    assert b"Zonnebloem" not in bytes(SealedReferral.objects.get().body)
    assert "Zonnebloem" in arrived()[0]["words"]["worry"]


def test_sending_twice_gives_the_same_card_and_one_row(client):
    data = typed()
    codes = {code_on(client.post(reverse("website:referral"), data)) for _time in range(2)}
    assert (len(codes), SealedReferral.objects.count()) == (1, 1)
    assert codes != {""}


def test_a_changed_second_sending_is_another_row_with_the_same_code(client):
    word = ticket()
    codes = {code_on(send(client, ticket=word, worry=text)) for text in ("Eerst dit.", "Dan dat.")}
    assert (len(codes), SealedReferral.objects.count(), len({words["lookup"] for words in arrived()})) == (1, 2, 1)


def test_two_forms_have_two_codes(client):
    assert code_on(send(client)) != code_on(send(client))


def test_the_code_needs_the_secret_key_of_the_site(settings):
    made = tickets.Ticket("a", 0).receipt
    settings.SECRET_KEY = "another " * 10
    assert tickets.Ticket("a", 0).receipt != made


def test_the_code_stands_in_no_address(client):
    response = send(client)
    html = response.content.decode()
    assert response.status_code == 200
    assert [part for part in html.split('"') if code_on(response) in part and part.startswith(("/", "http"))] == []


def test_a_missing_worry_stands_beside_its_field_and_nothing_typed_is_lost(client):
    response = send(client, worry=" ", since="sinds mei", identity_name="Wout", name="Noor", prior_actions=["team"])
    html = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors), SealedReferral.objects.count()) == (200, ["worry"], 0)
    assert [value for value in ("sinds mei", "Wout", "Noor") if f'value="{value}"' not in html] == []
    # The parts in which something stands are open.
    assert html.count('<details class="fieldset part" open>') == 2


def test_the_parts_about_people_are_closed_at_first(client, address):
    html = client.get(address).content.decode()
    assert (html.count('<details class="fieldset part">'), html.count('<details class="fieldset part" open>')) == (2, 0)


@pytest.mark.parametrize(
    "key", ["", "zelf-gemaakt", "\x00", "é" * 50, ticket()[:-1]], ids=["none", "own", "zero", "accents", "cut"]
)
def test_a_ticket_that_is_not_ours_costs_one_more_click_and_no_words(client, key):
    response = send(client, ticket=key)
    assert (response.status_code, SealedReferral.objects.count()) == (200, 0)
    assert f"{WORRY}</textarea>" in response.content.decode()


def test_who_is_very_fast_gets_the_form_back_and_can_send_it_again(client):
    response = send(client, ticket=tickets.new())
    assert (response.status_code, code_on(response), SealedReferral.objects.count()) == (200, "", 0)
    assert f"{WORRY}</textarea>" in response.content.decode()
    assert code_on(send(client))


def test_a_machine_that_fills_in_the_trap_is_stopped_and_a_person_can_go_on(client, address):
    response = send(client, nickname="https://spam.demo")
    assert (list(response.context["form"].errors), SealedReferral.objects.count()) == (["nickname"], 0)
    assert "<div hidden>" not in response.content.decode()
    assert "<div hidden>" in client.get(address).content.decode()


@pytest.mark.parametrize("missing", ["casework-zone.pub", "recovery.pub"])
def test_without_a_key_the_form_is_closed_and_asks_nothing(client, address, settings, tmp_path, missing):
    settings.REFERRAL_KEYS = str(exchange_keys.lay_down(tmp_path))
    assert client.get(address).status_code == 200
    (tmp_path / missing).unlink()
    for response in (client.get(address), send(client)):
        assert response.status_code == 503
        assert "<textarea" not in response.content.decode()
        assert "tel:0900000" in response.content.decode()
    assert SealedReferral.objects.count() == 0


def test_a_key_that_is_no_key_closes_the_form(client, address, settings, tmp_path):
    settings.REFERRAL_KEYS = str(exchange_keys.lay_down(tmp_path))
    (tmp_path / "recovery.pub").write_text("bm90IGEga2V5\n")
    assert client.get(address).status_code == 503


def test_a_form_from_a_page_that_no_longer_counts_comes_back_with_all_that_was_typed(address):
    response = Client(enforce_csrf_checks=True).post(address, typed(since="sinds mei"))
    assert (response.status_code, SealedReferral.objects.count()) == (403, 0)
    assert f"{WORRY}</textarea>" in response.content.decode()
    assert 'value="sinds mei"' in response.content.decode()


def test_a_form_that_comes_back_has_a_ticket_that_nobody_else_knows(address):
    """Otherwise whoever makes a browser send a form with their ticket makes the code of who then sends it."""
    known = ticket()
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}):
        page = Client(enforce_csrf_checks=True).post(address, typed(ticket=known), headers=headers)
        assert (page.context["form"]["ticket"].value() != known, WORRY in page.content.decode()) == (True, True)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}, {"Origin": "null"}])
def test_what_another_site_sent_is_not_shown_as_if_it_was_typed_here(address, headers):
    page = Client(enforce_csrf_checks=True).post(address, typed(), headers=headers)
    assert (page.status_code, WORRY in page.content.decode()) == (403, False)


def test_a_form_that_was_opened_long_ago_gets_a_new_ticket_and_loses_nothing(client, address):
    old = ticket(seconds=13 * 3600)
    page = client.post(address, typed(ticket=old))
    assert (page.context["form"]["ticket"].value() != old, SealedReferral.objects.count()) == (True, 0)
    assert WORRY in page.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_the_slugs_of_the_form_are_those_that_casework_reads(client, address):
    fields = client.get(address).context["form"].fields
    assert fields["boundary"].choices == BOUNDARIES
    assert fields["prior_actions"].choices == PRIOR_ACTIONS
    assert fields["sector"].choices == SECTORS_AND_UNSAID
