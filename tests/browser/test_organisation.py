"""The training coordinator of a school, at a desk and on a phone; and the team that merges an organisation that is there twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import cookies_of, downloaded, mailed_code, open_mail, sign_in, stays_within

COORDINATOR, TEAM = "coordinator@school.demo", "organisator@expo-r.demo"
SCHOOL = "select organisation_id from network_membership m join people_user u on u.id = m.user_id where email = ?"
DEVICES = ["desktop", "phone"]


def title(page):
    return page.get_by_role("heading", level=1)


def asks_to_join(visit, address: str, first: str) -> None:
    """A newcomer of the school, whose address the school does not trust."""
    page = visit()
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Stuur me een code").click()
    page.get_by_label("Code uit de mail").fill(mailed_code(page, address))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Voornaam").fill(first)
    page.get_by_label("Familienaam").fill("Wielandt")
    page.get_by_role("button", name="Verder").click()
    page.goto("/mijn/organisatie/?zoek=atheneum+de+vlinder")
    page.get_by_role("button", name=re.compile("^Hier werk ik")).first.click()
    expect(page.get_by_text("wacht op")).to_be_visible()


@pytest.mark.parametrize("device", DEVICES)
def test_a_training_coordinator_sees_all_bookings_and_takes_them_along_as_a_workbook(demo, visit, device):
    school = demo.ask(SCHOOL, COORDINATOR)[0][0]
    references = {row[0] for row in demo.ask("select reference from trainings_booking where organisation_id = ?", school)}
    page = visit(device, cookies=cookies_of(demo, visit, COORDINATOR))
    page.goto("/mijn/organisatie/")
    page.get_by_role("link", name=re.compile("^Alle inschrijvingen")).click()
    expect(page.get_by_role("heading", name="Nog te komen")).to_be_visible()
    stays_within(page)
    book = downloaded(page, page.get_by_role("link", name="Excel-bestand"))
    bookings, people = book.worksheets
    assert {row[0] for row in bookings.iter_rows(min_row=2, values_only=True)} == references
    assert {row[0] for row in people.iter_rows(min_row=2, values_only=True)} <= references
    page.get_by_role("link", name="Geschiedenis").click()
    expect(page.get_by_role("listitem").filter(has_text=next(iter(references))).first).to_be_visible()
    stays_within(page)


@pytest.mark.parametrize("device", DEVICES)
def test_a_training_coordinator_confirms_a_member_delegates_and_lets_them_go(demo, visit, device):
    address, first = f"roos.{device}@elders.demo", f"Roos{device.capitalize()}"
    asks_to_join(visit, address, first)
    page = visit(device, cookies=cookies_of(demo, visit, COORDINATOR))
    page.goto("/mijn/organisatie/")
    page.get_by_role("link", name=re.compile("^Collega.s")).click()
    stays_within(page)
    row = page.get_by_role("listitem").filter(has_text=address)
    row.get_by_role("link", name="Bevestigen of weigeren").click()
    stays_within(page)
    page.get_by_role("button", name="Ja, werkt bij ons").click()
    expect(page.get_by_text(f"{first} Wielandt hoort nu bij je organisatie")).to_be_visible()
    row.get_by_role("link", name="Maak vormingsverantwoordelijke").click()
    stays_within(page)
    page.get_by_role("button", name="Maak vormingsverantwoordelijke").click()
    expect(row).to_contain_text("vormingsverantwoordelijke")
    open_mail(page, to=address, subject="Je bent vormingsverantwoordelijke").close()

    row.get_by_role("link", name="Werkt hier niet meer").click()
    stays_within(page)
    page.get_by_role("button", name="Werkt hier niet meer").click()
    expect(page.get_by_text(f"{first} Wielandt hoort niet meer bij je organisatie")).to_be_visible()
    stays_within(page)


@pytest.mark.parametrize("device", DEVICES)
def test_a_member_who_leaves_chooses_who_takes_the_bookings_over(demo, visit, device):
    page = visit(device)
    sign_in(demo, page, "partner@school.demo")
    page.goto("/mijn/organisatie/")
    page.get_by_role("link", name=re.compile("^Ik werk hier niet meer")).click()
    stays_within(page)
    page.get_by_role("button", name="Ik werk hier niet meer").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_contain_text("Kies iemand, of niemand.")
    expect(page.get_by_label("Wie neemt de inschrijvingen over?").get_by_role("option", name="Tom Vandenberghe")).to_be_attached()
    stays_within(page)


@pytest.mark.parametrize("device", DEVICES)
def test_the_team_merges_an_organisation_that_is_in_the_list_twice(demo, visit, device):
    name = f"vzw Basisschool Het Kompasje {device}"
    page = visit(device, cookies=cookies_of(demo, visit, TEAM))
    for called in (name, f"Basisschool Het Kompasje {device} Gent"):
        page.goto("/cms/organisaties/new/")
        page.get_by_label("Naam").fill(called)
        page.get_by_label("Sector").select_option("Onderwijs")
        page.locator("form footer button[type=submit]").first.click()
        expect(page).not_to_have_url(re.compile("/new/$"))
    page.goto("/cms/organisaties-samenvoegen/")
    stays_within(page)
    pair = page.get_by_role("listitem").filter(has_text=device)
    pair.get_by_role("link", name=re.compile("^Bekijk wat er verhuist")).click()
    expect(page.get_by_role("heading", name="Wat verhuist er").first).to_be_visible()
    stays_within(page)
    page.get_by_role("button", name="Samenvoegen").click()
    expect(title(page)).to_contain_text("Organisaties")
    page.goto("/cms/organisaties/?state=merged")
    stays_within(page)
    expect(page.get_by_role("row").filter(has_text=f"Het Kompasje {device}").filter(has_text="samengevoegd")).to_have_count(1)
