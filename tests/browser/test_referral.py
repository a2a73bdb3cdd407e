"""Somebody who is worried, on a phone: from the contact point to the card with the code, and back for the answer."""

import base64
import re
import sqlite3
import time
import uuid
from datetime import date

import pytest
from playwright.sync_api import expect

from exchange.receipts import Receipt
from exchange.sealing import Kind, seal, unseal
from tests.browser import demonstration
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.steps import cookies_of, stays_within
from tests.browser.test_life_of_a_booking import title

FORM, ANSWER = "/aanspreekpunt/bezorgdheid/", "/aanspreekpunt/bezorgdheid/antwoord/"
WORRY = "De leerling trekt zich terug en zegt dat geweld mag. Ik twijfel."
on_a_phone = pytest.mark.parametrize("javascript", [True, False])


@pytest.fixture(scope="module")
def demo(executable, django_db_blocker, tmp_path_factory):
    """One whose casework never starts: what was sent stays where these tests look at it."""
    with django_db_blocker.unblock(), demonstration.running(tmp_path_factory.mktemp("demo") / "var") as running:
        yield running
        assert running.errors == ""


def sealed(demo) -> list[dict]:
    """What waits for casework, opened with the key of its zone."""
    key = base64.b64decode((demo.folder / "keys" / "casework-zone.key").read_text())
    rows = demo.ask("select body from exchange_sealedreferral order by rowid")
    return [unseal(Kind.REFERRAL, body, key) for (body,) in rows]


def answer(demo, code: str, number: int, kind: str, **more) -> None:
    """Casework's answer, put straight where it puts it."""
    receipt = Receipt.read(code)
    body = seal(Kind.ANSWER, {"v": 1, "kind": kind, "day": str(date.today())} | more, [receipt.public_key])
    with sqlite3.connect(demo.folder / "public.sqlite3", timeout=20) as database:
        row = (uuid.uuid4().hex, receipt.lookup, str(date.today()), number, body)
        database.execute("insert into exchange_sealedanswer (id, lookup, day, number, body) values (?, ?, ?, ?, ?)", row)
    database.close()


def open_form(page) -> None:
    page.goto("/aanspreekpunt/")
    page.locator("main .actions").get_by_role("link", name=re.compile("bezorgd|Worried|Ongerust")).click()
    expect(page).to_have_url(re.compile(f"{FORM}$"))


def send(page) -> None:
    # Nobody writes within three seconds, and who does gets the form back.
    time.sleep(3)
    page.locator("main form").get_by_role("button").last.click()


def read(page, code: str) -> None:
    page.goto(ANSWER)
    page.locator("input[name=code]").fill(code)
    page.locator("main form").get_by_role("button").click()


@on_a_phone
def test_a_worry_without_any_name_is_told_and_its_answer_read(demo, visit, javascript):
    page = visit("phone", javascript=javascript)
    visited = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    open_form(page)
    expect(page.locator("main .notice").first).to_contain_text("112")
    stays_within(page)
    page.locator("textarea[name=worry]").fill(WORRY)
    page.locator("input[name=boundary][value=haat]").check()
    page.locator("input[name=prior_actions][value=nog-geen]").check()
    page.locator("select[name=sector]").select_option("onderwijs")
    send(page)
    code = page.locator(".code-card__code").inner_text()
    stays_within(page)
    words = sealed(demo)[-1]
    assert (words["words"]["worry"], words["words"]["boundary"], words["referrer"], words["identity"]) == (WORRY, "haat", {}, {})

    read(page, code)
    expect(page.locator("main ol.thread")).to_have_count(0)
    answer(demo, code, 0, "received", of="referral")
    answer(demo, code, 1, "answer", text="Praat eerst met de leerling zelf.")
    read(page, code)
    expect(page.locator("main ol.thread > li")).to_have_text([re.compile("Praat eerst met de leerling zelf.")])
    expect(page.get_by_text(WORRY)).to_have_count(0)
    stays_within(page)

    page.locator("textarea[name=text]").fill("Dat deed ik vandaag.")
    page.locator("button[value=add]").click()
    expect(page.locator(".notice--success")).to_be_visible()
    page.locator("details").last.locator("summary").click()
    page.locator("button[name=do][value=withdraw]").click()
    expect(page.locator("input[name=sure]")).to_have_count(1)
    page.locator("button[name=do][value=withdraw]").click()
    expect(page.locator(".notice--success")).to_be_visible()
    assert [row["kind"] for row in sealed(demo)[-3:]] == ["referral", "addition", "withdrawal"]

    # The code was in no address, and the only cookie is the token against forged forms.
    assert len(visited) > 5
    assert [url for url in visited if Receipt.read(code).lookup in url or code in url or "?" in url] == []
    assert {cookie["name"] for cookie in page.context.cookies()} == {"expor_csrf"}


@on_a_phone
def test_a_name_in_the_text_is_shown_and_masked_before_it_is_sent(demo, visit, javascript):
    page = visit("phone", javascript=javascript)
    page.goto(FORM)
    page.locator("textarea[name=worry]").fill("Het gaat over Wout Claes, te bereiken op 0477 12 34 56.")
    send(page)
    expect(page.locator("main fieldset legend")).to_have_text(["“0477 12 34 56”", "“Wout Claes”"])
    stays_within(page)
    page.locator("button[name=back]").click()
    expect(page.locator("textarea[name=worry]")).to_have_value("Het gaat over Wout Claes, te bereiken op 0477 12 34 56.")
    page.locator("main form").get_by_role("button").last.click()
    page.locator("fieldset").first.get_by_role("radio").nth(1).check()
    page.locator("main form").get_by_role("button").first.click()
    expect(page.locator(".code-card__code")).to_be_visible()
    worry = sealed(demo)[-1]["words"]["worry"]
    assert re.fullmatch(r"Het gaat over \[\w+\], te bereiken op\.", worry)


def test_reloading_and_going_back_after_sending_give_the_same_card(demo, visit):
    page = visit("phone")
    page.goto(FORM)
    page.locator("textarea[name=worry]").fill(WORRY)
    send(page)
    code = page.locator(".code-card__code").inner_text()
    before = len(sealed(demo))
    page.reload()
    expect(page.locator(".code-card__code")).to_have_text(code)
    assert len(sealed(demo)) == before


def test_the_whole_way_by_keyboard(demo, visit):
    page = visit()
    page.goto("/aanspreekpunt/")
    tab_to(page, page.locator(f"main a[href='{FORM}']"))
    press_enter(page)
    tab_to(page, page.locator("textarea[name=worry]"))
    page.keyboard.type(WORRY)
    tab_to(page, page.locator("main form button"))
    time.sleep(3)
    press_enter(page)
    code = page.locator(".code-card__code").inner_text()
    page.goto(ANSWER)
    tab_to(page, page.locator("input[name=code]"))
    page.keyboard.type(code.lower().replace("-", " "))
    press_enter(page)
    tab_to(page, page.locator("textarea[name=text]"))
    expect(title(page)).to_be_visible()


def test_who_is_signed_in_is_not_known_here(demo, visit):
    page = visit(cookies=cookies_of(demo, visit, "partner@school.demo"))
    page.goto(FORM)
    expect(page.locator("a[href^='/account/'], a[href^='/mijn/']")).to_have_count(0)


@pytest.mark.parametrize("way", ["click", "Escape"])
def test_the_way_out_takes_the_place_of_the_page(visit, way):
    page = visit("phone")
    page.goto("/over-ons/")
    page.goto(FORM)
    page.locator("textarea[name=worry]").fill("Iets")
    if way == "click":
        page.locator("[data-leave]").click()
    else:
        for _time in range(3):
            page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/vormingen/$"))
    assert page.evaluate("document.referrer") in ("", page.url.replace("vormingen/", ""))
    page.go_back()
    expect(page).to_have_url(re.compile("/over-ons/$"))


def test_the_way_out_works_without_a_script_and_tells_nothing(visit):
    page = visit("phone", javascript=False)
    page.goto(FORM)
    with page.expect_request("**/vormingen/") as asked:
        page.locator("[data-leave]").click()
    assert "referer" not in asked.value.headers


def test_the_card_can_be_printed_and_holds_no_more_than_the_code_and_the_day(visit):
    page = visit("phone")
    page.goto(FORM)
    page.locator("textarea[name=worry]").fill(WORRY)
    send(page)
    expect(page.locator("[data-print]")).to_be_visible()
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert download.value.suggested_filename == "agenda.ics"
    page.emulate_media(media="print")
    code = page.locator(".code-card__code").inner_text()
    printed = page.locator("body").inner_text()
    assert (code in printed, WORRY in printed, page.locator("[data-leave]").is_visible()) == (True, False, False)
