"""What happens to a booking after it was made: names that follow, somebody else who comes, a seat that came free."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import also_without_script
from tests.browser.steps import cookies_of, open_mail, stays_within, whole

# A session that is far away, for everybody, with room for more.
ROOMY = """
    select lower(session.code) from trainings_session session
    join trainings_trainingpage page on page.page_ptr_id = session.training_id
    where state = 'published' and visibility = 'public' and session.approval = '' and audience = 'everybody' and not only_sectors
        and names_close_at > datetime('now', '+7 days') and capacity > 4 +
        (select count(*) from trainings_participant where session_id = session.id and trainings_participant.state != 'cancelled')
        and not exists (select 1 from trainings_booking join people_user on people_user.id = booked_by_id
            where session_id = session.id and email = ?)
    order by session.id
"""
OFFERED = """
    select training_page.title, reference from trainings_offer offer join trainings_waitingentry entry on entry.id = offer.entry_id
    join trainings_booking booking on booking.id = entry.booking_id join people_user person on person.id = booked_by_id
    join trainings_session session on session.id = offer.session_id
    join wagtailcore_page training_page on training_page.id = session.training_id
    where offer.state = 'open' and person.email = ?
"""
PARTNER = "partner@jeugdhuis.demo"


def title(page):
    return page.get_by_role("heading", level=1)


def people(page) -> list[tuple[str, str]]:
    rows = whole(page).locator("li.person")
    return [(row.locator("strong").inner_text(), row.locator(".tag").inner_text()) for row in rows.all()]


@also_without_script
def test_seats_are_booked_now_named_later_passed_on_and_given_back(demo, visit, device, javascript):
    page = visit(device, javascript=javascript, cookies=cookies_of(demo, visit, PARTNER))
    code = demo.ask(ROOMY, PARTNER)[0][0]
    page.goto(f"/vormingen/sessie/{code}/inschrijven/")
    page.get_by_label("Ik neem zelf deel").uncheck()
    page.get_by_label("Plaatsen voor mensen van wie je de naam nog niet kent").fill("2")
    page.get_by_role("button", name="Inschrijving bevestigen").click()
    expect(title(page)).to_have_text("De 2 plaatsen zijn gereserveerd")
    stays_within(page)

    page.get_by_role("link", name="De namen doorgeven").click()
    page.get_by_text("Heb je al een lijst?").click()
    page.get_by_label("Plak een lijst").fill(f"Ward Peeters ward.{code}@jeugdhuis.demo\nFatima; Bakkali")
    page.get_by_role("button", name="Hieronder invullen").click()
    expect(page.get_by_text("2 namen zijn hieronder ingevuld.")).to_be_visible()
    stays_within(page)
    page.get_by_role("button", name="Deze namen bewaren").click()
    assert people(page) == [("Fatima Bakkali", "bevestigd"), ("Ward Peeters", "bevestigd")]

    page.locator("li.person").filter(has_text="Fatima Bakkali").get_by_role("link").click()
    stays_within(page)
    page.get_by_label("er komt iemand anders").check()
    page.get_by_label("Voornaam").fill("Jonas")
    page.get_by_label("Familienaam").fill("Leys")
    page.get_by_role("button", name="Aanpassen").click()
    assert people(page) == [("Jonas Leys", "bevestigd"), ("Ward Peeters", "bevestigd")]

    mail = open_mail(page, to=f"ward.{code}@jeugdhuis.demo", subject="Uitnodiging")
    own = visit(device, javascript=javascript)
    own.goto(re.search(r"/vormingen/plaats/[^/\s]+/", mail.get_by_role("main").inner_text())[0])
    expect(title(own)).to_have_text("Je plaats")
    stays_within(own)
    own.get_by_role("link", name="Ik kan niet komen").click()
    stays_within(own)
    own.get_by_label("Reden").fill("Ziek.")
    own.get_by_role("button", name="Mijn plaats teruggeven").click()
    expect(own.get_by_text("De plaats is teruggegeven.")).to_be_visible()
    page.reload()
    assert people(page) == [("Jonas Leys", "bevestigd"), ("Ward Peeters", "uitgeschreven")]


def test_a_seat_that_came_free_is_accepted_by_the_link_in_the_mail(demo, visit):
    training, reference = demo.ask(OFFERED, "partner@school.demo")[0]
    page = visit("phone")
    mail = open_mail(page, to="partner@school.demo", subject=f"Er kwam een plaats vrij: {training}")
    page.goto(re.search(r"/vormingen/vrijgekomen/[^/\s]+/", mail.get_by_role("main").inner_text())[0])
    expect(title(page)).to_have_text("Er kwam een plaats vrij")
    stays_within(page)
    # Opening it changed nothing: a scanner of mails may do so.
    assert demo.ask("select state from trainings_offer where state = 'open'") != []
    page.get_by_role("button", name="Ja, ik neem de plaats").click()
    expect(page.get_by_text("Je nam deze plaats aan.")).to_be_visible()
    stays_within(page)
    own = visit("phone", cookies=cookies_of(demo, visit, "partner@school.demo"))
    own.goto(f"/mijn/inschrijvingen/{reference}/")
    expect(own.locator("li.person .tag")).to_have_text("bevestigd")
    open_mail(page, to="partner@school.demo", subject=f"Je bent ingeschreven: {training}")
