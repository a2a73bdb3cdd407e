"""Finding a training: by filters, by words, in the calendar."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import on_phone_and_desktop
from tests.browser.steps import whole


@on_phone_and_desktop
def test_a_visitor_finds_a_training_for_school_staff_about_polarisation_by_filters(visit, device):
    page = visit(device)
    page.goto("/")
    page.get_by_role("link", name="Bekijk de vormingen").click()
    everything = number(page)
    if device == "phone":
        page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^Onderwijs")).check()
    page.get_by_role("checkbox", name=re.compile("^Polarisering")).check()
    page.get_by_role("button", name="Tonen").click()
    expect(page).to_have_url(re.compile(r"\?.*thema=polarisering.*sector=onderwijs|\?.*sector=onderwijs.*thema=polarisering"))
    assert 0 < number(page) < everything
    page.get_by_role("link", name="Polarisering in de klas", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Polarisering in de klas")
    expect(page.get_by_role("link", name="Onderwijs")).to_be_visible()
    expect(page.get_by_role("link", name="Inschrijven", exact=True).first).to_be_visible()


def number(page) -> int:
    """How many trainings the page says it shows; as many as there are cards."""
    heading = whole(page).get_by_role("heading", level=2, name=re.compile(r"^\d+ vorming"))
    said = int(heading.inner_text().split()[0])
    assert page.locator(".grid--cards > li").count() == said
    return said


@on_phone_and_desktop
def test_a_visitor_finds_it_by_words_in_another_form(visit, device):
    page = visit(device)
    page.goto("/vormingen/")
    page.get_by_role("searchbox").fill("gepolariseerde klas")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("link", name="Polarisering in de klas", exact=True)).to_be_visible()
