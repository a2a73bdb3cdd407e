"""From the hand-over of an invitation to the first written answer, without a manual."""

import re
import uuid

from playwright.sync_api import expect

from tests.browser.steps import fresh_code, sign_in_to_casework
from tests.browser.test_casework import send_answer, take, told
from tests.people.codes import app_code

ADMINISTRATOR, SECOND = "beheer@expo-r.demo", "beheer2@expo-r.demo"
PASSWORD = "vier gewone woorden samen"


def step_up(demo, page, address: str) -> None:
    """Proves once more who one is, where that is asked."""
    if "/bevestigen/" in page.url:
        page.locator("input[name=code]").fill(fresh_code(demo, address))
        page.locator("main form button").first.click()
        expect(page).not_to_have_url(re.compile("/bevestigen/"))


def half_of(page) -> str:
    return page.locator(".big-number").inner_text()


def filled(page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button").first.click()


def test_a_new_case_manager_comes_in_with_both_halves_and_answers(demo, visit):
    address = f"nieuw.{uuid.uuid4().hex[:8]}@stad.demo"
    proposes, approves, newcomer = (visit(at=demo.casework_url) for _each in range(3))
    sign_in_to_casework(demo, proposes, ADMINISTRATOR)
    proposes.locator("nav a[href='/toegang/']").first.click()
    proposes.locator("main a.button").click()
    step_up(demo, proposes, ADMINISTRATOR)
    proposes.locator("input[name=roles][value=case_manager]").check()
    filled(proposes, first_name="Sam", last_name="Nieuwkomer", email=address)
    first = half_of(proposes)

    sign_in_to_casework(demo, approves, SECOND)
    approves.locator("main li").filter(has_text="Sam Nieuwkomer").get_by_role("link").click()
    step_up(demo, approves, SECOND)
    approves.locator("button[value=approve]").click()
    second = half_of(approves)

    newcomer.goto("/")
    newcomer.locator("a[href='/account/uitnodiging/']").click()
    filled(newcomer, email=address, first=first, second=second.lower())
    filled(newcomer, password1=PASSWORD, password2=PASSWORD)
    filled(newcomer, code=app_code(newcomer.locator("details code").text_content()))
    expect(newcomer).to_have_url(re.compile("/recovery-codes/"))
    expect(newcomer.locator("main ul.grid code")).to_have_count(10)
    newcomer.locator("main a.button").first.click()
    expect(newcomer).to_have_url(f"{demo.casework_url}/")

    told(visit("phone"))
    take(newcomer)
    send_answer(newcomer, "Dank je. Ik lees dit vandaag.")
