"""A first visit: little to fetch, no cookie, nothing from elsewhere (`watch` looks), and complete without JavaScript."""

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import on_phone_and_desktop

KB = 1024
PAGES = ["/", "/vormingen/", "/vormingen/polarisering-in-de-klas/", "/aanspreekpunt/"]
on_each_page = pytest.mark.parametrize("address", PAGES)


class Fetched(NamedTuple):
    """One thing that a page asked for: its address, and its size as it went over the line, head and body."""

    url: str
    head: int
    body: int

    @property
    def size(self) -> int:
        """All of it."""
        return self.head + self.body


def open_and_measure(page, address: str) -> list[Fetched]:
    """Opens this address and gives everything that was fetched for it, the page itself first."""
    urls, heads, sizes = {}, {}, {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda event: urls.setdefault(event["requestId"], event["request"]["url"]))
    network.on("Network.responseReceived", lambda event: heads.update({event["requestId"]: event["response"]["encodedDataLength"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    assert set(urls) == set(heads) == set(sizes)
    network.detach()
    # What stands in the page or its stylesheet as `data:` is not asked of anybody.
    asked = [number for number, url in urls.items() if not url.startswith("data:")]
    return [Fetched(urls[number], int(heads[number]), int(sizes[number] - heads[number])) for number in asked]


@on_phone_and_desktop
@on_each_page
def test_a_first_visit_fetches_little_and_leaves_no_cookie(visit, address, device):
    page = visit(device)
    things = open_and_measure(page, address)
    assert all(thing.size > 0 for thing in things)
    assert len(things) <= 5
    assert sum(thing.size for thing in things) <= 60 * KB
    assert things[0].body <= 8 * KB
    assert page.context.cookies() == []


def test_who_comes_back_fetches_next_to_nothing(visit):
    page = visit()
    first, second = (sum(thing.size for thing in open_and_measure(page, "/vormingen/")) for _visit in range(2))
    assert first > 20 * KB > 2 * KB > second


def test_the_menu_closes_with_escape_and_when_a_click_or_the_focus_goes_elsewhere(visit):
    page = visit()
    page.goto("/vormingen/")
    button, panel = page.locator(".menu__button"), page.locator(".menu__panel")
    button.click()
    panel.get_by_role("link").last.focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("link").last.focus()
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel).to_be_hidden()
    button.click()
    page.locator("footer").click(position={"x": 5, "y": 5})
    expect(panel).to_be_hidden()


@on_each_page
def test_a_page_says_the_same_without_javascript(visit, address):
    texts = []
    for javascript in (True, False):
        page = visit(javascript=javascript)
        page.goto(address, wait_until="networkidle")
        texts.append(page.locator("body").inner_text())
    assert texts[0] == texts[1]
    assert len(texts[0]) > 500
