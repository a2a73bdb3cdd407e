"""Booking as a visitor and as a partner, the waiting list, and giving a seat back."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.chromium import on_phone_and_desktop
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.steps import cookies_of, mailed_code, open_mail, sign_in

ROOMY, FULL = "/vormingen/polarisering-in-de-klas/", "/vormingen/polarisering-in-je-team/"


def to_the_form(page, training=ROOMY, link="Inschrijven"):
    page.goto(training)
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inschrijven" if training == ROOMY else "Op de wachtlijst")


def fill_in_booker(page, address=""):
    page.get_by_label("Je voornaam").fill("Els")
    page.get_by_label("Je familienaam").fill("Peeters")
    if address:
        page.get_by_label("Je e-mailadres").fill(address)


def fill_in_colleague(page, first, family):
    colleague = page.get_by_role("group", name="Collega 1")
    colleague.get_by_label("Voornaam").fill(first)
    colleague.get_by_label("Familienaam").fill(family)


def prove_address(page, address):
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mailbox")
    page.get_by_label("Code uit de mail").fill(mailed_code(page, address))
    page.get_by_role("button", name="Inloggen", exact=True).click()


def confirm(page):
    page.get_by_role("button", name="Inschrijving bevestigen").click()


@pytest.mark.parametrize(("device", "javascript"), [("phone", True), ("desktop", True), ("phone", False)])
def test_a_new_visitor_books_two_seats_with_a_code_by_mail_and_gives_one_back(visit, device, javascript):
    address = f"els.{device}.{'met' if javascript else 'zonder'}@basisschool.demo"
    page = visit(device, javascript=javascript)
    to_the_form(page)
    fill_in_booker(page, address)
    fill_in_colleague(page, "Ann", "Maes")
    page.get_by_role("button", name="Verder met een code per mail").click()
    prove_address(page, address)
    expect(page.get_by_label("Je voornaam")).to_have_value("Els")
    expect(page.get_by_role("group", name="Collega 1").get_by_label("Familienaam")).to_have_value("Maes")
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent ingeschreven: 2 plaatsen")

    [event] = invitation(page, address).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["STATUS"]) == ("Polarisering in de klas", "CONFIRMED")
    assert address in str(event["ATTENDEE"])

    page.get_by_role("link", name="Naar deze inschrijving").click()
    page.get_by_role("link", name="Uitschrijven").click()
    page.get_by_label("Ann Maes").check()
    page.get_by_role("button", name="Uitschrijven").click()
    expect(page.locator("li.person").filter(has_text="Ann Maes")).to_contain_text("uitgeschreven")
    expect(page.locator("li.person").filter(has_text="Els Peeters")).to_contain_text("bevestigd")


def invitation(page, address) -> Calendar:
    """The calendar file of the confirmation, read as a calendar program does."""
    mail = open_mail(page, to=address, subject="Je bent ingeschreven")
    response = mail.request.get(mail.get_by_role("link", name="Agendabestand").get_attribute("href"))
    calendar = Calendar.from_ical(response.body())
    assert calendar["METHOD"] == "REQUEST"
    return calendar


@on_phone_and_desktop
def test_who_finds_a_session_full_goes_on_the_waiting_list(visit, device):
    address = f"wacht.{device}@bedrijf.demo"
    page = visit(device)
    to_the_form(page, FULL, link="Op de wachtlijst")
    expect(page.get_by_text("Alle plaatsen zijn bezet")).to_be_visible()
    fill_in_booker(page, address)
    page.get_by_role("button", name="Op de wachtlijst zetten").click()
    prove_address(page, address)
    page.get_by_role("button", name="Op de wachtlijst zetten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je staat op de wachtlijst")
    mail = open_mail(page, to=address, subject="wachtlijst")
    expect(mail.get_by_role("link", name="Agendabestand")).to_have_count(0)


@on_phone_and_desktop
def test_a_partner_signs_in_with_a_password_and_books_for_a_colleague(demo, visit, device):
    page = visit(device)
    sign_in(demo, page, "partner@school.demo")
    to_the_form(page)
    expect(page.get_by_label("Je voornaam")).to_have_value("Noor")
    expect(page.get_by_label("Voor welke organisatie?")).to_contain_text("Atheneum De Vlinder")
    page.get_by_label("Ik neem zelf deel").uncheck()
    fill_in_colleague(page, "Mira", device.title())
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent ingeschreven: 1 plaats")
    page.goto("/mijn/")
    expect(page.get_by_role("link", name="Polarisering in de klas").first).to_be_visible()
    open_mail(page, to="partner@school.demo", subject="Polarisering in de klas")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(visit, watch):
    page = visit("phone")
    to_the_form(page)
    page.get_by_label("Je voornaam").fill("Els")
    page.get_by_label("Je e-mailadres").fill("geen adres")
    page.get_by_role("button", name="Verder met een code per mail").click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name=re.compile("^Je familienaam")).click()
    expect(page.get_by_label("Je familienaam")).to_be_focused()
    expect(page.get_by_label("Je familienaam")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Je voornaam")).to_have_value("Els")
    expect(page.get_by_label("Je e-mailadres")).to_have_value("geen adres")


def test_the_whole_booking_goes_by_keyboard_alone(demo, visit):
    page = visit(cookies=cookies_of(demo, visit, "coordinator@school.demo"))
    page.goto("/vormingen/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("polarisering in de klas")
    press_enter(page)
    tab_to(page, page.get_by_role("link", name="Polarisering in de klas", exact=True))
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Polarisering in de klas")
    tab_to(page, page.get_by_role("link", name=re.compile("^Inschrijven")))
    press_enter(page)
    tab_to(page, page.get_by_label("Ik neem zelf deel"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("group", name="Collega 1").get_by_label("Voornaam"))
    page.keyboard.type("Kobe")
    tab_to(page, page.get_by_role("group", name="Collega 1").get_by_label("Familienaam"))
    page.keyboard.type("Toets")
    tab_to(page, page.get_by_role("button", name="Inschrijving bevestigen"))
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent ingeschreven: 1 plaats")
