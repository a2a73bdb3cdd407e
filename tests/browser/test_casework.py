"""A worry that crosses the wall and comes back as an answer: the field worker on a phone, the case manager at a desk."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import press_enter, tab_to
from tests.browser.steps import fresh_code, sign_in_to_casework, stays_within
from tests.browser.test_referral import open_form, read, send

WORRY = "De leerling trekt zich terug en zegt dat geweld mag. Ik twijfel."
CASE_MANAGER, OTHER, OFFICER = "casemanager@expo-r.demo", "casemanager2@expo-r.demo", "dpo@stad.demo"
# Two days go by: what was written in both zones is moved back so far. The days inside the seals and the log stay.
TWO_DAYS_LATER = [
    "update casework_message set at = datetime(at, '-2 days')",
    "update casework_entry set at = datetime(at, '-2 days')",
    "update casework_referral set day = date(day, '-2 days'), answer_due = date(answer_due, '-2 days')",
]
IDLE = """
from casework.entrance.bound_sessions import SessionStore
from django.contrib.sessions.models import Session
for key in Session.objects.values_list("session_key", flat=True):
    session = SessionStore(key)
    if "casework_seen" in session:
        session["casework_seen"] -= 15 * 60 + 1
        session.save()
"""


def until(page, there, seconds=60):
    """Loads the page again until this is there: the worker takes what waits every few seconds."""
    end = time.monotonic() + seconds
    while not there.count():
        assert time.monotonic() < end, f"{there} did not come"
        page.wait_for_timeout(1000)
        page.reload()


def until_read(page, code, text):
    """Types the code again until this came back through the wall."""
    end = time.monotonic() + 60
    while True:
        read(page, code)
        if page.locator("main").get_by_text(text).count():
            return
        assert time.monotonic() < end, f"{text} did not come back"
        page.wait_for_timeout(1000)


def send_answer(page, text: str) -> None:
    """Writes to the referrer, on the page of the referral."""
    page.locator("textarea[name=text]").fill(text)
    page.locator("main form").filter(has=page.locator("textarea[name=text]")).get_by_role("button").click()
    expect(page.locator("ol.thread > li.is-mine").last).to_contain_text(text)


@pytest.fixture
def at_desk(demo, visit):
    """Somebody who signed in to casework."""

    def at_desk(address, device="desktop", **more):
        page = visit(device, at=demo.casework_url, **more)
        sign_in_to_casework(demo, page, address)
        return page

    return at_desk


def told(page) -> str:
    """Writes a worry without any name, from the contact point on; gives the code on the card."""
    open_form(page)
    page.locator("textarea[name=worry]").fill(WORRY)
    page.locator("input[name=boundary][value=doubt]").check()
    page.locator("select[name=sector]").select_option("sport")
    stays_within(page)
    send(page)
    stays_within(page)
    return page.locator(".code-card__code").inner_text()


def take(page, sector="Sport") -> str:
    """Takes the referral of this sector that waits; gives its address."""
    waiting = page.locator("li.session-row").filter(has=page.locator("form")).filter(has_text=sector)
    until(page, waiting)
    waiting.first.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/aanmeldingen/[0-9a-f-]{36}/$"))
    return page.url


def write(page, step: str, **fields: str) -> None:
    """Fills in one of the small pages below a referral, and keeps it."""
    page.locator(f"a[href$='/{step}/']").first.click()
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/aanmeldingen/[0-9a-f-]{36}/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_worry_is_answered_added_to_and_closed(demo, visit, at_desk, watch, javascript):
    phone = visit("phone", javascript=javascript)
    code = told(phone)
    desk = at_desk(CASE_MANAGER)
    referral = take(desk)
    expect(desk.locator(".told")).to_contain_text(WORRY)
    until_read(phone, code, "Je aanmelding is aangekomen.")
    write(desk, "advies", text="Praat eerst met de leerling zelf.")
    send_answer(desk, "Dank je. Praat eerst met de leerling zelf.")

    demo.change(*TWO_DAYS_LATER)
    until_read(phone, code, "Dank je. Praat eerst met de leerling zelf.")
    stays_within(phone)
    expect(phone.get_by_text(WORRY)).to_have_count(0)
    phone.locator("textarea[name=text]").fill("Dat deed ik vandaag.")
    phone.locator("button[value=add]").click()
    until(desk, desk.locator("ol.thread").get_by_text("Dat deed ik vandaag."))
    _give_the_identity(phone, desk)
    _take_the_identity_back(phone, desk, referral)

    write(desk, "afsluiten", text="We sluiten af. Bel gerust opnieuw.")
    until_read(phone, code, "We sluiten af. Bel gerust opnieuw.")
    until_read(phone, code, "Je aanmelding is afgesloten. Je kunt nog iets toevoegen.")
    expect(phone.locator("details.part")).to_have_count(0)
    stays_within(phone)
    _who_looked(at_desk, watch, referral)


def _give_the_identity(phone, desk) -> None:
    part = phone.locator("details.part").first
    part.locator("> summary").click()
    part.locator("input[name$=name]").fill("Noor Verzonnen")
    part.locator("button[value=give]").click()
    expect(phone.locator(".notice--success")).to_be_visible()
    until(desk, desk.locator("a[href$='/betrokkene/']"))
    expect(desk.get_by_text("Noor Verzonnen")).to_have_count(0)
    desk.locator("a[href$='/betrokkene/']").click()
    expect(desk.locator("main")).to_contain_text("Noor Verzonnen")


def _take_the_identity_back(phone, desk, referral: str) -> None:
    part = phone.locator("details.part").first
    part.locator("> summary").click()
    part.locator("button[value=take-back]").click()
    expect(phone.locator("input[name=sure]")).to_have_count(1)
    phone.locator("button[name=do][value=take-back]").click()
    expect(phone.locator(".notice--success")).to_be_visible()
    desk.goto(referral)
    until(desk, desk.locator("main:not(:has(a[href$='/betrokkene/']))"))
    desk.goto(f"{referral}betrokkene/")
    assert "Verzonnen" not in desk.content()
    desk.goto(referral)


def _who_looked(at_desk, watch, referral: str) -> None:
    """The officer sees who opened it and nothing of it; for the other case manager it is not there."""
    officer = at_desk(OFFICER)
    who_looked = referral.replace("/aanmeldingen/", "/logboek/wie-keek/")
    officer.goto(who_looked)
    expect(officer.locator("main table").first).to_contain_text("Nadia Casemanager")
    assert (WORRY in officer.content(), "Verzonnen" in officer.content()) == (False, False)
    assert officer.goto(referral).status == 404
    other = at_desk(OTHER)
    assert other.goto(referral).status == 404
    watch.forgive("status of 404")
    officer.goto(who_looked)
    expect(officer.locator("main table").first).not_to_contain_text("Wouter")


def test_a_call_is_recorded_by_keyboard_while_it_lasts_and_its_code_opens_the_answer_page(demo, visit, at_desk):
    desk = at_desk(CASE_MANAGER)
    desk.goto("/aanmeldingen/")
    tab_to(desk, desk.locator("main a[href$='/nieuw/']"))
    press_enter(desk)
    expect(desk.locator("textarea[name=worry]")).to_be_focused()
    desk.keyboard.type("Een bewoner roept dat anderen weg moeten.")
    tab_to(desk, desk.locator("input[name=since]"))
    desk.keyboard.type("de zomer")
    tab_to(desk, desk.locator("main form button"))
    press_enter(desk)
    expect(desk).to_have_url(re.compile("/code/$"))
    tab_to(desk, desk.locator("main form button"))
    press_enter(desk)
    groups = desk.locator("ol.code-groups > li").all_inner_texts()
    tab_to(desk, desk.locator("main a.button"))
    press_enter(desk)
    tab_to(desk, desk.locator("textarea[name=text]"))
    desk.keyboard.type("Hou een dagboek bij.")
    tab_to(desk, desk.locator("main form button").filter(has_text=re.compile("Verstuur|Send")))
    press_enter(desk)
    phone = visit("phone")
    until_read(phone, " ".join(groups).lower(), "Hou een dagboek bij.")
    expect(phone.get_by_text("roept")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_that_was_half_typed_is_there_after_the_lock(demo, at_desk, javascript):
    desk = at_desk(CASE_MANAGER, javascript=javascript)
    desk.goto("/aanmeldingen/")
    desk.locator("section[aria-labelledby=own] h3 a").last.click()
    desk.locator("a[href$='/notitie/']").first.click()
    note = desk.url
    desk.locator("textarea[name=text]").fill("Half getypt, nog niet")
    demo.run(IDLE)
    desk.locator("main form button").first.click()
    expect(desk).to_have_url(re.compile("/account/vergrendeld/"))
    expect(desk.locator("nav")).to_have_count(0)
    assert "Half getypt" not in desk.content()
    desk.locator("input[name=code]").fill(fresh_code(demo, CASE_MANAGER))
    desk.locator("main form button").first.click()
    expect(desk).to_have_url(note)
    expect(desk.locator("textarea[name=text]")).to_have_value("Half getypt, nog niet")
    desk.locator("textarea[name=text]").fill("Half getypt, nog niet verstuurd, nu wel.")
    desk.locator("main form button").first.click()
    expect(desk.locator("main")).to_contain_text("nu wel.")


def test_the_menu_opens_on_a_phone_and_leads_everywhere(at_desk):
    phone = at_desk(OFFICER, "phone")
    phone.locator("details.menu > summary").click()
    panel = phone.locator(".menu__panel")
    expect(panel.locator("a")).to_have_count(4)
    boxes = [link.bounding_box() for link in panel.locator(".nav a").all()]
    assert min(box["height"] for box in boxes) >= 44
    panel.locator("a[href='/logboek/']").click()
    expect(phone).to_have_url(re.compile("/logboek/$"))
    stays_within(phone)
