"""What takes more than an address to see: an empty list, a code that was mailed; each named after what one sees."""

import re
import time
import uuid

from playwright.sync_api import expect

from exchange.receipts import Receipt
from tests.browser.screens import ERRORS, at, screen
from tests.browser.steps import mailed_code
from tests.browser.walk import BOOKER, TEAM
from tests.trainings.importing_tools import NEW
from website.demo.accounts import PASSWORD

at("/vormingen/?q=xyzzy&thema=polarisering", "the catalogue where nothing fits")
at("/vormingen/?thema=polarisering&sector=onderwijs&plaatsen=1&sorteer=titel", "the catalogue with filters")
at("/vormingen/?q=polarisatei", "the catalogue with words that are nearly right")
at("/vormingen/kalender/?thema=polarisering", "the calendar with a filter")
at("/vormingen/kalender/?maand=2024-12", "the calendar of a month with nothing in it")
at("/vormingen/radicalisation-the-basics/", "a training in English")
at("/en/vormingen/", "the catalogue in English")
at("/bestaat-niet/", "a page that is not there")
at("/vormingen/sessie/{full}/inschrijven/", "the booking page of a full session")
at("/vormingen/sessie/{code}/inschrijven/", "the booking page of who is signed in", BOOKER)
at("/mijn/inschrijvingen/{waiting}/", "a booking that waits", BOOKER)
at("/mijn/inschrijvingen/{waiting}/bevestigd/", "a booking that has just begun to wait", BOOKER)
at("/mijn/inschrijvingen/{nameless}/", "a booking with names to give", BOOKER)
at("/mijn/inschrijvingen/{nameless}/namen/", "seats that wait for a name", BOOKER)
at("/mijn/organisatie/?zoek=school", "organisations that were looked up", BOOKER)
at("/mijn/organisatie/?zoek=xyzzy", "no organisation with such a name", BOOKER)
at("/demo/post/", "the mail of the demonstration")
at("/cms/", "the desk of the team", TEAM)
at("/cms/sessies/?q=xyzzy", "no session with such words", TEAM)
at("/cms/sessies/?toestand=published&wanneer=komend", "the list of sessions with filters", TEAM)
at("/cms/sessies/{draft}/", "a session that is a draft", TEAM)
at("/cms/sessies/{asked}/", "a booking to decide on", TEAM)
at("/cms/sessies/{owing}/", "seats that the team gives names to", TEAM)
at("/cms/sessies/{group}/", "a session with a group without names", TEAM)
at("/cms/sessies/{group}/aanwezigheid/", "the attendance of a group without names", TEAM)
at("/cms/sessies/{cancelled}/", "a session that was cancelled", TEAM)
at("/cms/sessies/{done}/", "a session that was held", TEAM)
at("/cms/sessies/{done}/aanwezigheid/?dagdeel=alle", "the attendance of a session that was held", TEAM)
at("/cms/sessies/lijsten/?van=2026-02-02&tot=2026-01-01", "a period that does not fit", TEAM)
at("/cms/vragen/{answered}/", "a question that was answered", TEAM)
at("/cms/vragen/?q=xyzzy", "no question with such words", TEAM)
at("/cms/organisaties/?state=proposed", "the list of organisations with a filter", TEAM)


@screen()
def a_form_that_was_open_too_long(walk):
    walk.open("/aanspreekpunt/vraag/")
    walk.page.context.clear_cookies()
    walk.send_empty()


def _write(walk, worry: str) -> None:
    walk.open("/aanspreekpunt/bezorgdheid/")
    walk.page.locator("textarea[name=worry]").fill(worry)
    time.sleep(3)  # nobody writes faster, and who does gets the form back
    walk.page.locator("main form").get_by_role("button").last.click()


def _come_back(walk, code: str) -> None:
    walk.open("/aanspreekpunt/bezorgdheid/antwoord/")
    walk.page.locator("input[name=code]").fill(code)
    walk.page.locator("main form").get_by_role("button").click()


@screen()
def a_worry_that_seems_to_hold_a_name(walk):
    _write(walk, "Over Wout Claes, 0477 12 34 56.")
    expect(walk.page.locator("main fieldset legend")).to_have_count(2)


@screen()
def the_card_with_the_code(walk):
    _write(walk, "De leerling trekt zich terug.")
    expect(walk.page.locator(".code-card")).to_be_visible()


@screen()
def no_answer_to_a_code_yet_with_all_parts_open(walk):
    _come_back(walk, str(Receipt.new()))
    for part in walk.page.locator("main details.part > summary").all():
        part.click()


@screen()
def the_question_whether_to_take_it_back(walk):
    no_answer_to_a_code_yet_with_all_parts_open(walk)
    walk.page.locator("button[name=do][value=withdraw]").click()
    expect(walk.page.locator("input[name=sure]")).to_have_count(1)


@screen()
def the_confidential_form_with_all_parts_open(walk):
    walk.open("/aanspreekpunt/bezorgdheid/")
    for part in walk.page.locator("main details.part > summary").all():
        part.click()


@screen()
def a_confidential_form_that_was_open_too_long(walk):
    walk.open("/aanspreekpunt/bezorgdheid/")
    walk.page.context.clear_cookies()
    walk.send_empty()


@screen()
def a_session_that_takes_no_bookings(walk):
    [(code,)] = walk.demo.ask("select lower(code) from trainings_session where state = 'done' limit 1")
    walk.open(f"/vormingen/sessie/{code}/inschrijven/")


@screen()
def a_mail_and_how_it_looks(walk):
    walk.open("/demo/post/")
    walk.page.locator("main td a").first.click()
    walk.page.get_by_role("link", name="Zoals in een mailbox").click()


@screen()
def the_booking_page_for_three_colleagues(walk):
    walk.open(f"/vormingen/sessie/{walk.things['code']}/inschrijven/")
    walk.press("Nog een collega toevoegen")
    walk.press("Nog een collega toevoegen")


@screen()
def account_confirm_login_code(walk):
    walk.open("/account/login/")
    walk.page.get_by_label("E-mailadres").fill(f"nieuw.{uuid.uuid4().hex[:8]}@basisschool.demo")
    walk.press("Stuur me een code")
    walk.page.get_by_label("Code uit de mail").fill("000000")
    walk.press("Inloggen")
    expect(walk.page.locator(ERRORS).first).to_be_attached()


@screen()
def a_password_that_is_wrong(walk):
    walk.open("/account/login/wachtwoord/")
    walk.page.get_by_label("E-mailadres").fill(f"{uuid.uuid4().hex[:8]}@school.demo")
    walk.page.get_by_label("Wachtwoord").fill("een ander wachtwoord")
    walk.press("Inloggen")
    expect(walk.page.locator(ERRORS).first).to_be_attached()


@screen()
def mfa_authenticate(walk):
    walk.open("/account/login/wachtwoord/")
    walk.page.get_by_label("E-mailadres").fill("beheer@expo-r.demo")
    walk.page.get_by_label("Wachtwoord").fill(PASSWORD)
    walk.press("Inloggen")
    expect(walk.page).to_have_url(re.compile("/account/2fa/authenticate/"))


@screen()
def account_complete_password_reset(walk):
    account_confirm_password_reset_code(walk)
    walk.page.get_by_label("Code uit de mail").fill(mailed_code(walk.page, "coordinator@school.demo"))
    walk.press("Verder")
    expect(walk.page.get_by_label("Nieuw wachtwoord")).to_be_visible()


@screen()
def account_confirm_password_reset_code(walk):
    walk.open("/account/password/reset/")
    walk.page.get_by_label("E-mailadres").fill("coordinator@school.demo")
    walk.press("Stuur me een code")
    expect(walk.page.get_by_label("Code uit de mail")).to_be_visible()


@screen()
def account_set_password(walk):
    walk.as_newcomer()
    walk.open("/account/password/set/")
    walk.send_empty()


@screen()
def account_email_verification_sent(walk):
    walk.as_newcomer()
    walk.open("/account/email/")
    walk.page.get_by_label("Nieuw e-mailadres").fill(f"anders.{uuid.uuid4().hex[:8]}@basisschool.demo")
    walk.page.locator("main form").get_by_role("button").first.click()
    expect(walk.page.get_by_label("Code uit de mail")).to_be_visible()


@screen()
def my_bookings_when_there_are_none(walk):
    walk.as_newcomer()
    walk.open("/mijn/")


@screen()
def my_organisation_when_there_is_none(walk):
    walk.as_newcomer()
    walk.open("/mijn/organisatie/")


@screen()
def mfa_view_recovery_codes(walk):
    walk.with_a_passkey()


@screen()
def mfa_edit_webauthn(walk):
    walk.with_a_passkey()
    walk.open("/account/2fa/webauthn/")
    walk.page.locator("main").get_by_role("link", name=re.compile("Naam wijzigen")).click()


@screen()
def mfa_remove_webauthn(walk):
    walk.with_a_passkey()
    walk.open("/account/2fa/webauthn/")
    walk.page.locator("main").get_by_role("link", name=re.compile("Verwijderen")).click()


@screen()
def mfa_reauthenticate_webauthn(walk):
    walk.with_a_passkey()
    walk.open("/account/2fa/webauthn/reauthenticate/")


@screen(BOOKER)
def an_organisation_like_one_that_is_known(walk):
    walk.open("/mijn/organisatie/nieuw/?naam=Atheneum+De+Vlinders")
    walk.page.get_by_label("Sector").select_option(index=1)
    walk.page.locator("main form").last.get_by_role("button").last.click()
    expect(walk.page.locator(ERRORS).first).to_be_attached()


@screen(TEAM)
def a_message_to_all_before_it_is_sent(walk):
    walk.open(f"/cms/sessies/{walk.things['session']}/mailen/")
    walk.page.get_by_label("Onderwerp").fill("Andere ingang")
    walk.page.get_by_label("Bericht").fill("Kom langs de zijdeur.\n\nTot dan!")
    walk.press("Eerst bekijken")
    expect(walk.page.get_by_role("button", name="Versturen")).to_be_visible()


@screen(TEAM)
def a_walk_in_without_a_name(walk):
    walk.open(f"/cms/sessies/{walk.things['done']}/aanwezigheid/")
    walk.send_empty()
    expect(walk.page.locator(ERRORS).first).to_be_attached()


@screen(TEAM)
def a_file_that_is_no_workbook(walk):
    walk.open("/cms/vormingen-importeren/")
    walk.page.get_by_label("Excel-bestand").set_input_files({"name": "catalogus.xlsx", "mimeType": "text/plain", "buffer": b"x"})
    walk.press("Bestand controleren")
    expect(walk.page.locator(ERRORS).first).to_be_attached()


@screen(TEAM)
def an_import_with_faults(walk):
    walk.upload(NEW | {"title": "", "themes": "Bestaat niet", "duration_minutes": "lang"})


@screen(TEAM)
def an_import_before_it_is_confirmed(walk):
    walk.upload(NEW, NEW | {"code": "V39", "summary": "Something else."})


@screen(TEAM)
def an_import_that_was_written(walk):
    walk.upload({"code": "V39", "summary": f"You learn the basics ({uuid.uuid4().hex[:4]})."})
    walk.press("Bevestigen en publiceren")


@screen(BOOKER)
def names_that_are_not_right(walk):
    walk.open(f"/mijn/inschrijvingen/{walk.things['nameless']}/namen/")
    walk.page.get_by_text("Heb je al een lijst?").click()
    walk.page.get_by_label("Plak een lijst").fill("Noor\nBert Claes bert@")
    walk.press("Hieronder invullen")
    expect(walk.page.locator(ERRORS).first).to_be_attached()
