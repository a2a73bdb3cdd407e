"""A partner's own pages: bookings, giving a seat back, making an account, the organisation; and the door, by keyboard too."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.chromium import also_without_script
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.steps import cookies_of, fresh_code, mailed_code, open_mail, sign_in, stays_within, whole
from website.demo.accounts import PASSWORD

# Who booked more than one seat in a session that is still far away.
BOOKED = """
    select reference, email, title, seats from trainings_booking booking
    join people_user person on person.id = booked_by_id join trainings_session session on session.id = booking.session_id
    join wagtailcore_page page on page.id = training_id
    join (select booking_id, sum(state = 'confirmed') seats, count(*) people from trainings_participant group by booking_id) people
        on people.booking_id = booking.id
    where session.state = 'published' and cancelling_closes_at > datetime('now', '+7 days') and seats = people and seats > 1
        and email not like '%@school.demo' order by booking.id
"""


def title(page):
    return page.get_by_role("heading", level=1)


@also_without_script
def test_a_partner_looks_a_booking_up_and_gives_one_seat_back(demo, visit, device, javascript):
    reference, address, training, seats = demo.ask(BOOKED)[0]
    page = visit(device, javascript=javascript)
    sign_in(demo, page, address)
    row = page.locator(".session-row").filter(has_text=reference)
    expect(row).to_contain_text(f"{seats} plaatsen")
    row.get_by_role("link").click()
    expect(title(page)).to_have_text(training)
    people = whole(page).locator("li.person")
    assert [text.split()[-1] for text in people.locator(".tag").all_inner_texts()] == ["bevestigd"] * seats
    parts = demo.ask(
        "select starts_at from trainings_daypart join trainings_booking using (session_id) where reference = ?", reference
    )
    assert [str(event["SUMMARY"]) for event in events(page)] == [training] * len(parts)
    history = page.get_by_role("heading", name="Geschiedenis").locator("xpath=..").get_by_role("listitem")
    expect(history).to_have_count(1)
    stays_within(page)

    leaving = people.first.locator("strong").inner_text()
    page.get_by_role("link", name="Uitschrijven").click()
    stays_within(page)
    page.get_by_role("button", name="Uitschrijven").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        "Wie schrijf je uit? Kies minstens één persoon of één plaats."
    )
    page.get_by_label(leaving).check()
    page.get_by_label("Reden").fill("Examens op die dag.")
    page.get_by_role("button", name="Uitschrijven").click()
    expect(people.filter(has_text=leaving)).to_contain_text("uitgeschreven")
    expect(history.first).to_contain_text(leaving)
    mail = open_mail(page, to=address, subject=f"1 plaats teruggegeven: {training}")
    expect(mail.get_by_role("main")).to_contain_text("Examens op die dag.")
    page.goto("/mijn/")
    expect(row).to_contain_text(f"{seats - 1} plaats")


def events(page) -> list:
    """The appointments in the calendar file of this booking."""
    link = page.get_by_role("link", name="Zet in mijn agenda").get_attribute("href")
    return Calendar.from_ical(page.request.get(link).body()).walk("VEVENT")


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("partner@school.demo", "booked_by_id = person.id"),
        ("coordinator@school.demo", "booked_by_id = person.id or booking.organisation_id = member.organisation_id"),
    ],
)
def test_a_partner_sees_own_bookings_and_a_coordinator_those_of_the_organisation(demo, visit, address, whose):
    expected = demo.ask(
        f"""select reference from trainings_booking booking, people_user person
        join network_membership member on member.user_id = person.id where person.email = ? and ({whose})""",
        address,
    )
    page = visit("phone", cookies=cookies_of(demo, visit, address))
    page.goto("/mijn/")
    shown = page.locator(".session-row .small").all_inner_texts()
    assert sorted(text.split(" · ")[-1] for text in shown) == sorted(reference for (reference,) in expected)
    expect(page.get_by_role("heading", name="Voorbij, uitgeschreven of niet doorgegaan")).to_be_visible()
    stays_within(page)


def test_a_newcomer_is_recognised_by_the_address_of_the_school(visit):
    page = visit()
    make_account(page, "roos@kompasje.demo", "Roos", "Wielandt")
    expect(page.get_by_role("heading", name="Werk je bij Basisschool Het Kompasje?")).to_be_visible()
    page.get_by_role("button", name="Hier werk ik").click()
    expect(page.get_by_text("Je hoort bij Basisschool Het Kompasje.")).to_be_visible()
    stays_within(page)
    page.goto("/account/")
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/mijn/")
    expect(title(page)).to_have_text("Inloggen")


def make_account(page, address, first, family):
    """A code by mail, then one's name; where one works comes next."""
    page.goto("/")
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Stuur me een code").click()
    page.get_by_label("Code uit de mail").fill(mailed_code(page, address))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(title(page)).to_have_text("Welkom! Wie ben je?")
    stays_within(page)
    page.get_by_label("Voornaam").fill(first)
    page.get_by_label("Familienaam").fill(family)
    page.get_by_role("button", name="Verder").click()
    expect(title(page)).to_have_text("Waar werk je?")
    stays_within(page)


def test_a_newcomer_proposes_an_organisation_without_script_and_the_team_confirms_it(demo, visit):
    name, address = "Naaiatelier De Vingerhoed", "sam@vingerhoed.demo"
    page = visit("phone", javascript=False)
    make_account(page, address, "Sam", "De Draad")
    page.get_by_role("searchbox").fill("vingerhoed")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Mijn organisatie staat er niet bij").click()
    page.get_by_label("Naam", exact=True).fill("Atheneum De Vlinders")
    page.get_by_label("Sector").select_option("Buurtwerk")
    page.get_by_label("Gemeente").fill("Gent")
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("region", name="Bedoel je een van deze?")).to_contain_text("Atheneum De Vlinder")
    stays_within(page)
    page.get_by_label("Naam", exact=True).fill(name)
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text("wacht op het team")
    stays_within(page)

    team = visit("phone", cookies=cookies_of(demo, visit, "organisator@expo-r.demo"))
    team.goto("/cms/")
    team.get_by_role("link").filter(has_text="om te bevestigen").first.click()
    team.get_by_role("row").filter(has_text=name).get_by_role("link", name="Beslissen").click()
    stays_within(team)
    team.get_by_role("button", name="Organisatie bevestigen").click()
    open_mail(team, to=address, subject=name)
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text("bevestigd")


def test_a_partner_signs_in_and_gives_a_seat_back_by_keyboard_alone(demo, visit):
    reference, address, *_more = demo.ask(BOOKED)[0]
    page = visit()
    page.goto("/mijn/")
    tab_to(page, page.get_by_role("link", name="Met wachtwoord"))
    press_enter(page)
    type_password(page, address)
    press_enter(page)
    expect(title(page)).to_have_text("Mijn inschrijvingen")
    tab_to(page, page.locator(".session-row").filter(has_text=reference).get_by_role("link"))
    press_enter(page)
    people = page.locator("li.person")
    leaving = people.last.locator("strong").inner_text()
    tab_to(page, page.get_by_role("link", name="Uitschrijven"))
    press_enter(page)
    tab_to(page, page.get_by_label(leaving))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Uitschrijven"))
    press_enter(page)
    expect(people.filter(has_text=leaving)).to_contain_text("uitgeschreven")


def type_password(page, address):
    tab_to(page, page.get_by_label("E-mailadres"))
    page.keyboard.type(address)
    tab_to(page, page.get_by_label("Wachtwoord"))
    page.keyboard.type(PASSWORD)


def test_the_team_proves_itself_twice_and_signs_out_by_keyboard_alone(demo, visit):
    address = "organisator@expo-r.demo"
    page = visit()
    page.goto("/account/login/wachtwoord/")
    type_password(page, address)
    press_enter(page)
    expect(title(page)).to_have_text("Tweede stap")
    tab_to(page, page.get_by_label("Code uit de app"))
    page.keyboard.type(fresh_code(demo, address))
    press_enter(page)
    expect(page).to_have_url(re.compile("/cms/$"))
    page.goto("/account/")
    tab_to(page, page.get_by_role("button", name="Uitloggen"))
    press_enter(page)
    page.goto("/cms/")
    expect(title(page)).to_have_text("Inloggen")
