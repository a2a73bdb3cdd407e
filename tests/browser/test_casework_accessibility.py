"""Casework is accessible for everybody: axe finds nothing on any of its pages, and none is wider than a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import chromium as machine
from tests.browser.casework_screens import SCREENS, Screen, things_of
from tests.browser.screens import ERRORS
from tests.browser.steps import fresh_code, sign_in_to_casework
from tests.browser.test_accessibility import VARIANTS, WANTED, a_fifth, too_wide, violations
from tests.browser.walk import Walk


@pytest.fixture(scope="module")
def cookies(demo, chromium):
    """Who came in before, as casework is entered with a new code each time."""
    known = {"": None}

    def cookies(who: str):
        if who not in known:
            context = machine.context(chromium, demo.casework_url)
            sign_in_to_casework(demo, context.new_page(), who)
            known[who] = context.storage_state()
            context.close()
        return known[who]

    return cookies


@pytest.fixture
def look(demo, visit, watch, cookies):
    """Goes to a screen on some device, and gives what is wrong with it."""

    def look(screen: Screen, device: str, scheme: str) -> list[str]:
        things = things_of(demo)
        page = visit(device, at=demo.casework_url, cookies=cookies(screen.who), scheme=scheme)
        page.goto(screen.address.format(**things))
        _prove(demo, page, screen.who)
        if screen.empty:
            Walk(demo, visit, page, things, screen.who).send_empty()
            expect(page.locator(ERRORS).first).to_be_attached()
        found = violations(page) + too_wide(page)
        watch.forgive(*WANTED)
        return found

    return look


def _prove(demo, page, who: str) -> None:
    """Before something that matters the second factor is asked once more."""
    if "/bevestigen/" in page.url or "/reauthenticate/" in page.url:
        page.locator("input[name=code]").fill(fresh_code(demo, who))
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/bevestigen/" not in url and "/reauthenticate/" not in url)


@pytest.mark.parametrize(("screen", "device", "scheme"), a_fifth(SCREENS), ids=str)
def test_a_page_of_casework_is_accessible_and_fits_a_phone(look, screen, device, scheme):
    assert look(screen, device, scheme) == []


@pytest.mark.long
@pytest.mark.parametrize(("device", "scheme"), VARIANTS)
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_page_of_casework_is_accessible_on_every_device_in_light_and_dark(look, screen, device, scheme):
    assert look(screen, device, scheme) == []
