"""A calendar to subscribe to: a partner makes its address, copies it and revokes it."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.steps import cookies_of, stays_within, whole


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_partner_makes_copies_and_revokes_the_address_of_a_calendar(demo, visit, device):
    page = visit(device, cookies=cookies_of(demo, visit, "partner@school.demo"))
    page.goto("/mijn/")
    page.get_by_role("link", name="Mijn agenda").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn agenda")
    stays_within(page)
    if whole(page).get_by_role("button", name="Trek het adres in").count():  # the demonstration made one
        page.get_by_role("button", name="Trek het adres in").click()
    page.get_by_role("button", name="Maak een adres").click()
    field = page.get_by_label("Of kopieer dit adres")
    address = field.input_value()
    subscribe = page.locator("main").get_by_role("link", name="Abonneer je", exact=True)
    expect(subscribe).to_have_attribute("href", re.sub("^https?", "webcal", address))
    stays_within(page)
    answer = visit().request.get(address)
    assert answer.status == 200 and Calendar.from_ical(answer.body()).walk("VEVENT")
    page.get_by_role("button", name="Trek het adres in").click()
    expect(page.get_by_role("button", name="Maak een adres")).to_be_visible()
    assert visit().request.get(address).status == 404
