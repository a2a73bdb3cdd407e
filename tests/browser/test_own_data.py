"""Own data in a browser: a need told by a link, data taken along, an account removed."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import cookies_of, stays_within
from tests.browser.walk import BOOKER, TEAM, Walk, link_in_mail

NEED = "Ik hoor slecht: graag een plaats vooraan"
SIZES = [pytest.param({"width": 1280, "height": 900}, id="desktop"), pytest.param({"width": 390, "height": 844}, id="phone")]


@pytest.mark.parametrize("size", SIZES)
def test_a_participant_tells_a_need_that_the_organiser_reads_and_the_booker_does_not(demo, visit, size):
    seat = link_in_mail(demo, "vormingen/plaats")
    page = visit()
    page.set_viewport_size(size)
    page.goto(f"/vormingen/plaats/{seat}/nodig/")
    if page.get_by_role("button", name="Wissen wat ik vertelde").count():
        page.get_by_role("button", name="Wissen wat ik vertelde").click()
        page.goto(f"/vormingen/plaats/{seat}/nodig/")
    page.get_by_label("Wat heb je nodig?").fill(NEED)
    page.get_by_role("button", name="Aan de organisatoren vertellen").click()
    expect(page.get_by_role("heading", name="Heb je iets nodig om goed mee te kunnen doen?")).to_be_visible()
    stays_within(page)
    expect(page.get_by_text(NEED)).to_have_count(0)
    found = demo.ask(
        """select p.session_id, b.reference, u.email from trainings_accessneed n
        join trainings_participant p on p.id = n.participant_id
        join trainings_booking b on b.id = p.booking_id join people_user u on u.id = b.booked_by_id where n.text = ?""",
        NEED,
    )
    [(session, reference, booker)] = found
    team = visit(cookies=cookies_of(demo, visit, TEAM))
    team.goto(f"/cms/sessies/{session}/")
    expect(team.get_by_text(NEED)).to_be_visible()
    if booker == BOOKER:
        mine = visit(cookies=cookies_of(demo, visit, BOOKER))
        mine.goto(f"/mijn/inschrijvingen/{reference}/")
        expect(mine.get_by_text(NEED)).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_a_partner_takes_the_own_data_along(demo, visit, size):
    page = visit(cookies=cookies_of(demo, visit, BOOKER))
    page.set_viewport_size(size)
    page.goto("/mijn/gegevens/")
    stays_within(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Mijn gegevens downloaden").click()
    assert json.loads(download.value.path().read_text())["account"]["email"] == BOOKER


def test_somebody_removes_the_own_account(demo, visit):
    page = visit()
    walk = Walk(demo, visit, page, {})
    address = walk.as_newcomer()
    page.goto("/mijn/gegevens/verwijderen/")
    page.get_by_label("Ik begrijp dat dit niet ongedaan gemaakt kan worden.").check()
    walk.press("Mijn account verwijderen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je account is verwijderd")
    page.goto("/mijn/gegevens/")
    expect(page).to_have_url(re.compile("/account/login/"))
    assert demo.ask("select count(*) from people_user where email = ?", address) == [(0,)]
