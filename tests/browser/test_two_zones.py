"""Two zones, two doors: who is signed in at one is a stranger at the other; a trial referral takes the one way between them."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.steps import sign_in, sign_in_to_casework

SESSIONS = {"public": "expor_session", "casework": "expor_casework_session"}


@pytest.fixture
def both(demo, visit):
    """The same browser's pages at both zones, signed in, and the address of each."""
    pages = {"public": visit(), "casework": visit(at=demo.casework_url)}
    sign_in(demo, pages["public"], "organisator@expo-r.demo")
    sign_in_to_casework(demo, pages["casework"], "casemanager@expo-r.demo")
    return pages, {"public": demo.url, "casework": demo.casework_url}


def test_each_zone_has_cookies_of_its_own_and_neither_opens_the_other(both, visit):
    pages, urls = both
    cookies = {zone: {cookie["name"]: cookie for cookie in page.context.cookies()} for zone, page in pages.items()}
    assert {zone: set(mine) for zone, mine in cookies.items()} == {
        "public": {"expor_session", "expor_csrf"},
        "casework": {"expor_casework_session", "expor_casework_csrf"},
    }
    assert [cookies[zone][name]["domain"] for zone, name in SESSIONS.items()] == ["localhost", "casework.localhost"]
    for here, there in (("public", "casework"), ("casework", "public")):
        # Carried over by hand, under the name and the host that the other zone listens to.
        stolen = cookies[here][SESSIONS[here]]["value"]
        stranger = visit(at=urls[there])
        stranger.context.add_cookies([{"name": SESSIONS[there], "value": stolen, "url": urls[there]}])
        stranger.goto("/mijn/" if there == "public" else "/")
        expect(stranger).to_have_url(re.compile("/account/login/"))
        # The very same cookie opens the zone that gave it.
        known = visit(at=urls[here])
        known.context.add_cookies([{"name": SESSIONS[here], "value": stolen, "url": urls[here]}])
        known.goto("/mijn/" if here == "public" else "/")
        expect(known).not_to_have_url(re.compile("/account/"))


def test_a_browser_that_is_signed_in_at_both_shows_neither_the_cookies_of_the_other(both):
    pages, urls = both
    for zone, page in pages.items():
        other = next(each for each in urls if each != zone)
        assert page.context.cookies(urls[other]) == []
        assert urlsplit(urls[zone]).hostname != urlsplit(urls[other]).hostname


POST_A_TRIAL = """
from django.conf import settings
from casework.watching import canary
settings.PUBLIC_URL, settings.CANARY_WAIT = "{url}", 4
assert canary.send_due().posted_at
"""
REFERRALS = "select count(*) from casework_referral"


def test_a_trial_goes_through_the_form_and_the_wall_and_leaves_no_referral(demo):
    assert demo.casework_url
    before = demo.ask(REFERRALS, zone="casework")
    demo.run(POST_A_TRIAL.format(url=demo.url))
    until = time.monotonic() + 60
    while not demo.ask("select 1 from casework_canary where back_at is not null", zone="casework"):
        assert time.monotonic() < until, "the trial did not come back"
        time.sleep(1)
    assert demo.ask(REFERRALS, zone="casework") == before
