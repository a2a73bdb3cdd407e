"""An organiser gives a mail own words: looks at it, is told what is misspelled, saves, and puts it back."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import also_without_script
from tests.browser.sessions import as_organiser
from tests.browser.steps import stays_within

KIND = "Bevestiging van een inschrijving"


@also_without_script
def test_the_confirmation_gets_own_words_that_are_looked_at_saved_and_put_back(demo, visit, device, javascript):
    page = as_organiser(demo, visit, device, javascript=javascript)
    page.goto("/cms/sessies/berichten/teksten/")
    stays_within(page)
    page.get_by_role("link", name=KIND).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(KIND)
    subject, opening = page.get_by_label("Onderwerp"), page.get_by_label("Inleiding")
    opening.fill("Fijn dat je erbij bent, {vornaam}!")
    page.get_by_role("button", name="Eerst bekijken").click()
    fault = page.locator("p.error-message").get_by_text(
        "{vornaam} bestaat hier niet. Je kunt gebruiken: {vorming}, {datum}, {plaats}, {voornaam}."
    )
    expect(fault).to_be_visible()
    expect(opening).to_have_value("Fijn dat je erbij bent, {vornaam}!")
    stays_within(page)

    opening.fill("Fijn dat je erbij bent, {voornaam}!")
    subject.fill("Welkom bij {vorming}")
    page.get_by_role("button", name="Eerst bekijken").click()
    expect(page.get_by_role("heading", name="Zo wordt de mail")).to_be_visible()
    mail = page.frame_locator(".expor-mail")
    expect(mail.get_by_role("heading", name="Welkom bij Voorbeeldvorming")).to_be_visible()
    expect(mail.get_by_text("Fijn dat je erbij bent, Noor!")).to_be_visible()
    page.get_by_text("Als gewone tekst").click()
    expect(page.locator(".expor-preview pre")).to_contain_text("Fijn dat je erbij bent, Noor!")
    stays_within(page)

    page.get_by_role("button", name="Opslaan").click()
    row = page.get_by_role("listitem").filter(has_text=KIND)
    expect(row).to_contain_text("eigen tekst")
    page.get_by_role("link", name=KIND).click()
    page.get_by_role("button", name="Terug naar de standaardtekst").click()
    expect(page.get_by_text("Deze mail heeft weer de standaardtekst.")).to_be_visible()
    expect(row).not_to_contain_text("eigen tekst")
    expect(page).to_have_url(re.compile("/teksten/$"))
