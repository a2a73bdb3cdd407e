"""A booking goes from one colleague to another, and back, without anybody losing a seat."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import also_without_script
from tests.browser.steps import cookies_of, open_mail, stays_within

PARTNER, COORDINATOR = "partner@school.demo", "coordinator@school.demo"
# One that is far away, so that no other walk asks for it.
THEIRS = """
    select reference, title, seats from trainings_booking booking
    join people_user person on person.id = booked_by_id join trainings_session session on session.id = booking.session_id
    join wagtailcore_page page on page.id = training_id
    join (select booking_id, sum(state = 'confirmed') seats from trainings_participant group by booking_id) people
        on people.booking_id = booking.id
    where session.state = 'published' and seats > 0 and email = ? and booking_closes_at > datetime('now')
    order by booking_closes_at desc
"""
NAME = "select first_name || ' ' || last_name from people_user where email = ?"


def hand_over(page, reference: str, to: str) -> None:
    page.goto(f"/mijn/inschrijvingen/{reference}/")
    stays_within(page)
    page.get_by_role("link", name=re.compile("overdragen aan een collega$")).click()
    stays_within(page)
    page.get_by_role("button", name="Overdragen").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_contain_text("Kies een collega")
    page.get_by_label("Wie neemt deze inschrijving over?").select_option(label=to)
    page.get_by_role("button", name="Overdragen").click()


@also_without_script
def test_a_booking_is_handed_over_to_a_colleague_who_hands_it_back(demo, visit, device, javascript):
    [reference, training, seats], *_others = demo.ask(THEIRS, PARTNER)
    names = {address: demo.ask(NAME, address)[0][0] for address in (PARTNER, COORDINATOR)}
    page = visit(device, javascript=javascript, cookies=cookies_of(demo, visit, PARTNER))
    hand_over(page, reference, names[COORDINATOR])
    expect(page.get_by_text(f"Vanaf nu beheert {names[COORDINATOR]} de inschrijving voor “{training}”")).to_be_visible()
    mail = open_mail(page, to=COORDINATOR, subject="1 inschrijving is overgedragen")
    expect(mail.get_by_role("main")).to_contain_text(training)
    page.goto("/mijn/")
    expect(page.locator(".session-row").filter(has_text=reference)).to_have_count(0)

    desk = visit(device, javascript=javascript, cookies=cookies_of(demo, visit, COORDINATOR))
    hand_over(desk, reference, names[PARTNER])
    expect(desk.get_by_text(f"Vanaf nu beheert {names[PARTNER]} de inschrijving")).to_be_visible()
    page.reload()
    row = page.locator(".session-row").filter(has_text=reference)
    expect(row).to_contain_text(f"{seats} plaats")
