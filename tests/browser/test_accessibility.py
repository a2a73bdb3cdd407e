"""Accessible for everybody: axe finds nothing on any page of our own, and no page is wider than a phone."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser import chromium as machine
from tests.browser import screens_further  # noqa: F401 adds what takes more than an address to see
from tests.browser.screens import NO_PAGES, SCREENS, TREE, WITH, address_of
from tests.browser.steps import cookies_of, whole
from tests.browser.walk import TEAM, Walk, things_of
from tests.routes import routes

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
# Wagtail's own: it announces the number of results in a heading that is an alert too.
NOT_OURS = {"exclude": [["h2[role=alert]"]]}
VARIANTS = [("phone", "light"), ("desktop", "dark"), ("phone", "dark"), ("desktop", "light")]
NARROW = [390, 320]
MAY_I = "/aanspreekpunt/bezorgdheid/mag-ik-dit-melden/"
# A page of an error is looked at too; and axe asks every frame, also the closed one that shows a mail.
WANTED = ("the server responded with a status of", "Failed to execute 'postMessage'")
# What moves is brought to its end, before anybody looks.
STILL = """() => document.getAnimations()
  .filter(animation => animation.effect.getComputedTiming().iterations !== Infinity).forEach(animation => animation.finish())"""


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, the place, and what to do about it. Wagtail's frame around our screens is looked at too."""
    if whole(page).locator("#wagtail-sidebar").count():
        page.locator(".sidebar-main-menu").wait_for(state="attached")
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate(STILL)
    # Through the browser's own protocol, as nothing may be added to a page with our policy.
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("([context, rules]) => axe.run(context, rules)", [NOT_OURS, RULES])["violations"]
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary']} {node['html']}" for rule in found for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """The widths at which one would have to scroll sideways."""
    found = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        wanted = page.evaluate("document.documentElement.scrollWidth")
        if wanted > width:
            found.append(f"{wanted} instead of {width}")
    return found


@pytest.fixture(scope="module")
def kept(demo, chromium):
    """A browser for each account, device and scheme, with its cache: the admin is heavy the first time."""
    contexts = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def look(demo, visit, watch, chromium, kept):
    """Goes to a screen on some device, and gives what is wrong with it."""

    def page_of(who, device, scheme):
        if not who:
            return visit(device, scheme=scheme)
        if (who, device, scheme) not in kept:
            cookies = cookies_of(demo, visit, who)
            kept[who, device, scheme] = machine.context(chromium, demo.url, device, cookies=cookies, scheme=scheme)
        watch.over(kept[who, device, scheme], demo.url)
        return kept[who, device, scheme].new_page()

    def look(screen, device, scheme):
        page = page_of(screen.who, device, scheme)
        screen.show(Walk(demo, visit, page, things_of(demo, visit), screen.who))
        found = violations(page) + too_wide(page)
        page.close()
        watch.forgive(*WANTED)
        return found

    return look


def a_fifth(screens: list) -> list[tuple]:
    """What the normal run looks at: every fifth screen, in each variant by turns; the long run looks at all in all."""
    return [(screen, *VARIANTS[at % len(VARIANTS)]) for at, screen in enumerate(screens) if at % 5 == 0]


@pytest.mark.parametrize(("screen", "device", "scheme"), a_fifth(SCREENS), ids=str)
def test_a_page_is_accessible_and_fits_a_phone(look, screen, device, scheme):
    assert look(screen, device, scheme) == []


@pytest.mark.long
@pytest.mark.parametrize(("device", "scheme"), VARIANTS)
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_page_is_accessible_on_every_device_in_light_and_dark(look, screen, device, scheme):
    assert look(screen, device, scheme) == []


def test_every_page_of_the_account_is_among_them():
    names = {name for path, name, _module in routes() if path.startswith("account/")}
    assert names - {screen.name for screen in SCREENS} - NO_PAGES == set()


def test_every_page_of_the_tree_is_among_them(visit):
    page = visit()
    addresses = re.findall(r"<loc>(.*?)</loc>", page.request.get("/sitemap.xml").text())
    trainings = re.compile(r"/vormingen/[^/]+/")
    found = {path for path in (urlsplit(address).path for address in addresses) if not path.startswith("/en/")}
    assert {path for path in found if not trainings.fullmatch(path)} == {
        *TREE,
        "/vormingen/",
        "/aanspreekpunt/vraag/",
        "/aanspreekpunt/bezorgdheid/",
        MAY_I,
    }


def test_what_is_left_out_is_no_page(demo, visit):
    page, things = visit(cookies=cookies_of(demo, visit, TEAM)), things_of(demo, visit)
    answers = {name: page.request.get(address_of(name, things) + WITH.get(name, ""), max_redirects=0) for name in NO_PAGES}
    assert {name for name, answer in answers.items() if answer.status == 200 and "<html" in answer.text()} == set()


def test_axe_reports_what_is_wrong_and_the_ruler_what_is_too_wide(visit):
    page = visit()
    page.goto("/privacy/")
    assert violations(page) + too_wide(page) == []
    picture = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    page.evaluate("src => document.querySelector('main').append(Object.assign(new Image(), {src}))", picture)
    page.evaluate("document.querySelector('main img').style.minWidth = '900px'")
    assert [found.partition(" ")[0] for found in violations(page)] == ["image-alt"]
    assert len(too_wide(page)) == len(NARROW)
