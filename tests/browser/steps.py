"""The steps that many walks share: signing in, and reading the mail of the demonstration."""

import io
import re
import time

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.demonstration import Demonstration
from tests.people.codes import app_code
from website.demo.accounts import PASSWORD, SEED

PERIOD = 30  # seconds for which an app shows one code (RFC 6238)


def cookies_of(demo: Demonstration, visit, address: str) -> dict:
    """The cookies of this account, signed in once with password and (for the team) the code of an app."""
    if address not in demo.signed_in:
        page = visit()
        sign_in(demo, page, address)
        demo.signed_in[address] = page.context.storage_state()
        page.context.close()
    return demo.signed_in[address]


def sign_in(demo: Demonstration, page: Page, address: str) -> None:
    """Through the door with the password."""
    page.goto("/account/login/wachtwoord/")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    if address.endswith("@expo-r.demo"):
        page.get_by_label("Code uit de app").fill(fresh_code(demo, address))
        page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page).not_to_have_url(re.compile("/account/"))


def sign_in_to_casework(demo: Demonstration, page: Page, address: str) -> None:
    """Through the only door of the other zone: a password and the code of an app, for everybody."""
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code uit de app").fill(fresh_code(demo, address))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page).not_to_have_url(re.compile("/account/"))


def fresh_code(demo: Demonstration, address: str) -> str:
    """A code that this account did not use yet; the clock may differ by one period either way.

    That of the period before is only taken in the first half of a period: it must still hold when a busy machine comes to type it.
    """
    while True:
        for periods in (0, 1, -1) if time.time() % PERIOD < PERIOD / 2 else (0, 1):
            code = app_code(SEED, periods=periods)
            if (address, code) not in demo.used_codes:
                demo.used_codes.add((address, code))
                return code
        time.sleep(1)


def open_mail(page: Page, *, to: str, subject: str) -> Page:
    """The newest message with this subject, opened in a new tab as soon as it has arrived."""
    tab = page.context.new_page()
    until = time.monotonic() + 20
    row = tab.get_by_role("row").filter(has_text=to).filter(has_text=subject)
    tab.goto("/demo/post/")
    while not row.count():
        assert time.monotonic() < until, f"No mail to {to} about {subject}"
        time.sleep(0.3)
        tab.reload()
    row.first.get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(subject)
    return tab


def mailed_code(page: Page, address: str) -> str:
    """The code in the newest mail to this address."""
    tab = open_mail(page, to=address, subject="Je code")
    code = re.search(r"\b\d{6}\b", tab.get_by_role("main").inner_text())[0]
    tab.close()
    return code


def mails_about(page: Page, subject: str, number: int) -> list[str]:
    """Who got a message with this subject, as soon as so many have arrived."""
    tab = page.context.new_page()
    until = time.monotonic() + 20
    rows = tab.get_by_role("row").filter(has_text=subject)
    tab.goto("/demo/post/")
    while rows.count() < number:
        assert time.monotonic() < until, f"{rows.count()} mails about {subject} instead of {number}"
        time.sleep(0.3)
        tab.reload()
    addresses = rows.locator("td:nth-child(2)").all_inner_texts()
    tab.close()
    return sorted(addresses)


def whole(page: Page) -> Page:
    """The page, once all of it has come: a press on a button only waits until the next page begins to."""
    page.wait_for_load_state()
    return page


def stays_within(page: Page) -> None:
    """Nothing makes the page wider than the screen; a phone's browser would widen its window along with the page."""
    whole(page)
    assert page.locator("html").evaluate("html => html.scrollWidth") <= page.viewport_size["width"]


def downloaded(page: Page, link: Locator) -> Workbook:
    """The workbook behind this link, opened again."""
    with page.expect_download() as download:
        link.click()
    return load_workbook(io.BytesIO(download.value.path().read_bytes()))
