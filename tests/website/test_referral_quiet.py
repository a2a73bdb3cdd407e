"""The pages of the referral know nobody: no session is read, no address kept, no copy made, and the role may not read back."""

import logging

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.models import SealedReferral
from exchange.privileges import INSERT, REFERRAL
from exchange.receipts import Receipt
from tests.roles import held_by
from tests.website.people import member
from tests.website.referrals import WORRY, answer, code_on, send, ticket
from website.referral import delay

pytestmark = pytest.mark.django_db
NAMES = ["website:referral", "website:referral-answer", "website:referral-may-i"]


@pytest.fixture
def as_public_app():
    """The database as web and worker have it."""
    with held_by("public_app"):
        yield


@pytest.fixture
def broken_database():
    """A database that refuses the row, as when it is read-only."""
    with held_by("public_app", but_not=(INSERT, REFERRAL)):
        yield


def looked_up(client, action) -> tuple[bool, list[str]]:
    """Whether this reads the session, and which tables about people it asks."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = action(client)
    about = ("django_session", "people_user", "auth_", "mfa_")
    asked = [query["sql"] for query in queries if any(f'"{table}' in query["sql"] for table in about)]
    return response.wsgi_request.session.accessed, asked


@pytest.mark.parametrize(
    "action",
    [
        *(lambda client, name=name: client.get(reverse(name)) for name in NAMES),
        lambda client: client.get(reverse("website:look-again", args=["2026-11-30"])),
        lambda client: send(client),
        lambda client: send(client, worry=""),
        lambda client: send(client, worry="Over Wout Claes."),
        lambda client: client.post(reverse("website:referral-answer"), {"code": str(Receipt.new())}),
        lambda client: client.post(reverse("website:referral-answer"), {"code": "x"}),
    ],
)
def test_no_session_is_read_not_even_of_who_is_signed_in(client, action):
    member(client, "Coördinatie")
    assert looked_up(client, action) == (False, [])


def test_the_check_itself_sees_a_page_that_reads_the_session(client):
    member(client, "Coördinatie")
    read, asked = looked_up(client, lambda client: client.get(reverse("website:question")))
    assert (read, len(asked) > 0) == (True, True)


@pytest.mark.parametrize("name", NAMES)
def test_who_is_signed_in_gets_the_same_page_as_a_stranger(client, name):
    stranger = client.get(reverse(name))
    member(client, "Organisatoren")
    assert client.get(reverse(name)).content.count(b"<a ") == stranger.content.count(b"<a ")
    assert b"/account/" not in stranger.content


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_kept_and_no_other_page_learns_the_address(client, name):
    response = client.get(reverse(name))
    assert response["Cache-Control"] == "private, no-store"
    assert (response["Referrer-Policy"], "ETag" in response) == ("strict-origin", False)


def test_the_card_is_not_kept_either_and_leaves_no_cookie_but_the_token(client):
    response = send(client)
    assert response["Cache-Control"] == "private, no-store"
    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_the_titles_say_nothing(client):
    titles = {name: client.get(reverse(name)).content.decode().split("<title>")[1].split("</title>")[0] for name in NAMES}
    assert [title for title in titles.values() if "bezorgd" in title.lower() or "worr" in title.lower()] == []


def test_the_way_out_works_without_a_script_and_tells_nothing(client):
    html = client.get(reverse("website:referral")).content.decode()
    assert 'href="/vormingen/" rel="noreferrer" data-leave' in html


def test_the_whole_way_works_for_a_role_that_may_not_read(client, as_public_app):
    code = code_on(send(client))
    page = client.post(reverse("website:referral-answer"), {"code": code})
    added = client.post(reverse("website:referral-answer"), {"code": code, "do": "add", "text": "Nog iets.", "ticket": ticket()})
    assert [bool(code), page.status_code, added.status_code, "sent" in added.context] == [True, 200, 200, True]
    with pytest.raises(DatabaseError, match=r"not authorized|permission denied"), transaction.atomic():
        SealedReferral.objects.count()


def test_sending_neither_reads_nor_returns_the_row(client):
    with CaptureQueriesContext(connection) as queries:
        send(client)
    [insert] = [query["sql"] for query in queries if "exchange_sealedreferral" in query["sql"]]
    assert insert.startswith("INSERT")
    assert "RETURNING" not in insert


def test_a_database_that_refuses_gives_the_form_back_with_all_that_was_typed(client, broken_database):
    response = send(client, since="sinds mei")
    assert (response.status_code, code_on(response)) == (503, "")
    html = response.content.decode()
    assert f"{WORRY}</textarea>" in html
    assert 'value="sinds mei"' in html
    assert "09 000 00 00" in html


def test_what_was_added_comes_back_too_when_the_database_refuses(client, broken_database):
    code = str(Receipt.new())
    sent = {"code": code, "do": "add", "text": "Nog iets.", "ticket": ticket()}
    response = client.post(reverse("website:referral-answer"), sent)
    assert response.status_code == 503
    assert "Nog iets.</textarea>" in response.content.decode()


def test_very_many_from_one_network_wait_with_all_that_was_typed_and_others_need_not(client):
    def sent(network):
        client.defaults["REMOTE_ADDR"] = network
        return send(client)

    assert {sent("10.0.0.1").status_code for _time in range(delay.MOST)} == {200}
    waits = sent("10.0.0.1")
    assert (waits.status_code, code_on(waits)) == (429, "")
    assert f"{WORRY}</textarea>" in waits.content.decode()
    assert "09 000 00 00" in waits.content.decode()
    assert code_on(sent("10.0.0.2"))


def test_the_cache_knows_no_address_and_what_it_counts_by_is_gone_after_an_hour(client, monkeypatch):
    kept = {}
    monkeypatch.setattr(cache, "add", lambda key, value, seconds: kept.setdefault(key, (value, seconds)))
    monkeypatch.setattr(cache, "get", lambda key: kept[key][0])
    client.defaults["REMOTE_ADDR"] = "10.0.0.77"
    send(client)
    assert len(kept) == 2
    assert "10.0.0.77" not in str(kept)
    assert max(seconds for _value, seconds in kept.values()) <= 3600


def test_a_cache_that_is_down_stops_nobody(client, monkeypatch):
    def down(*_args, **_more):
        raise ConnectionError("10.0.0.1")

    for name in ("add", "incr", "get"):
        monkeypatch.setattr(cache, name, down)
    assert code_on(send(client))


def test_a_cache_that_keeps_nothing_stops_nobody_and_learns_nothing(client, monkeypatch):
    asked = []
    monkeypatch.setattr(cache, "add", lambda key, *_more: asked.append(key))
    monkeypatch.setattr(cache, "get", lambda key: None)
    monkeypatch.setattr(cache, "incr", asked.append)
    assert code_on(send(client))
    # The key of this hour, and nothing that was made of an address.
    assert [key.startswith("referral.key.") for key in asked] == [True]


def test_no_log_holds_a_word_a_code_or_an_address(client, caplog):
    client.defaults["REMOTE_ADDR"] = "10.0.0.88"
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        code = code_on(send(client))
        client.post(reverse("website:referral-answer"), {"code": code})
        client.put(reverse("website:referral"))
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert "Method Not Allowed" in logged
    assert [word for word in (WORRY, code, "10.0.0.88") if word in logged] == []


def test_an_answer_is_read_by_its_look_up_only(client):
    receipt = Receipt.new()
    answer(receipt, "answer", text="Kom eens langs.")
    with CaptureQueriesContext(connection) as queries:
        client.post(reverse("website:referral-answer"), {"code": str(receipt)})
    assert [query["sql"] for query in queries if str(receipt) in query["sql"] or receipt.secret.hex() in query["sql"]] == []
    assert [query["sql"] for query in queries if receipt.lookup in query["sql"]] != []
