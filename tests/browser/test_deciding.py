"""An organiser decides on bookings, changes who comes and moves people; who is concerned gets a mail."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import on_phone_and_desktop
from tests.browser.sessions import a_session, as_organiser
from tests.browser.steps import open_mail, stays_within

MOVABLE = """state = 'published' and begins > datetime('now', '+10 days') and mailed > 3 and exists (
    select 1 from trainings_session other join trainings_daypart part on part.session_id = other.id
    where other.training_id = session.training_id and other.id != session.id and other.state = 'published'
    and other.capacity > (select count(*) from trainings_participant p where p.session_id = other.id) + 3
    and part.starts_at > datetime('now', '+1 day'))"""


@on_phone_and_desktop
def test_bookings_that_ask_for_approval_are_looked_at(demo, visit, device):
    [(number,)] = demo.ask("select distinct session_id from trainings_booking where stage = 'team'")
    page = as_organiser(demo, visit, device)
    page.goto(f"/cms/sessies/{number}/")
    block = page.locator("#goed-te-keuren")
    expect(block.get_by_role("button", name=re.compile("^Goedkeuren"))).to_have_count(2)
    stays_within(page)
    block.get_by_role("link", name=re.compile("^Niet goedkeuren")).last.click()
    page.get_by_role("button", name="Niet goedkeuren").click()
    expect(page.locator(".error-message").first).to_be_visible()
    stays_within(page)


def test_one_booking_is_approved_and_another_is_not_with_a_reason(demo, visit):
    rows = demo.ask(
        """select session_id, reference, email from trainings_booking booking join people_user who on who.id = booked_by_id
        where stage = 'team' order by booking.id"""
    )
    (number, yes, pleased), (_number, no, told) = rows
    page = as_organiser(demo, visit)
    page.goto(f"/cms/sessies/{number}/")
    page.get_by_role("button", name=re.compile(f"^Goedkeuren.*{yes}$")).click()
    expect(page.get_by_text("Goedgekeurd. Mails bevestigen het.")).to_be_visible()
    open_mail(page, to=pleased, subject="ngeschreven").close()
    page.get_by_role("link", name=re.compile(f"^Niet goedkeuren.*{no}$")).click()
    page.get_by_label("Reden").fill("Deze sessie is voor wie nog nooit kwam.")
    page.get_by_role("button", name="Niet goedkeuren").click()
    expect(page.get_by_text("Niet goedgekeurd. Wie inschreef, krijgt een mail met je reden.")).to_be_visible()
    expect(page.locator("#goed-te-keuren")).to_have_count(0)
    mail = open_mail(page, to=told, subject="Niet goedgekeurd")
    expect(mail.get_by_role("main")).to_contain_text("Deze sessie is voor wie nog nooit kwam.")


@on_phone_and_desktop
def test_somebody_else_comes_and_somebody_moves_to_another_session(demo, visit, device):
    number = a_session(demo, MOVABLE)
    page = as_organiser(demo, visit, device)
    page.goto(f"/cms/sessies/{number}/")
    new = f"vervanger.{device}@school.demo"
    page.locator("#deelnemers").get_by_role("link", name=re.compile("^aanpassen")).first.click()
    page.get_by_label("er komt iemand anders").check()
    page.get_by_label("Voornaam").fill("Wout")
    page.get_by_label("Familienaam").fill(f"Vervanger-{device.title()}")
    page.get_by_label("E-mailadres").fill(new)
    page.get_by_label("Reden").fill("Je collega is ziek.")
    stays_within(page)
    page.get_by_role("button", name="Aanpassen").click()
    expect(page.locator("#deelnemers")).to_contain_text(f"Vervanger-{device.title()}")
    open_mail(page, to=new, subject="Uitnodiging").close()
    page.get_by_label(f"Wout Vervanger-{device.title()}").check()
    page.get_by_role("button", name="Aangevinkte verplaatsen").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Reden").fill("De zaal is te klein.")
    stays_within(page)
    page.get_by_role("button", name="1 persoon verplaatsen").click()
    expect(page.get_by_text("Verplaatst: 1 persoon. Mails melden het.")).to_be_visible()
    expect(page.locator("#deelnemers")).to_contain_text(f"Vervanger-{device.title()}")
    mail = open_mail(page, to=new, subject="Naar een andere datum")
    expect(mail.get_by_role("main")).to_contain_text("De zaal is te klein.")
