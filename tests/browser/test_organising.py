"""An organiser's work: the desk, planning, one page per session, cancelling, and the list."""

import re
from datetime import date, timedelta

from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.chromium import also_without_script, on_phone_and_desktop
from tests.browser.sessions import TO_ARRANGE, TO_COME, a_session, as_organiser
from tests.browser.steps import downloaded, mails_about, open_mail, stays_within, whole


def title(page):
    return page.get_by_role("heading", level=1)


def facts(page) -> dict[str, str]:
    """What stands in the head of a session's page."""
    rows = whole(page).locator(".expor-head .expor-facts > div").all()
    return {row.locator("dt").text_content(): " ".join(row.locator("dd").text_content().split()) for row in rows}


@on_phone_and_desktop
def test_the_desk_shows_four_equal_groups_and_leads_to_what_it_counts(demo, visit, device):
    page = as_organiser(demo, visit, device)
    page.goto("/cms/")
    cards = page.get_by_role("region", name="Vandaag").get_by_role("region")
    expect(cards.get_by_role("heading")).to_have_text(
        ["Aanspreekpunt en kennis", "Vormingen en pilootacties", "Samenwerking rond casussen", "Vinger aan de pols"]
    )
    boxes = [card.bounding_box() for card in cards.all()]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes}) == 1
    stays_within(page)
    line = cards.get_by_role("link").filter(has_text="met een wachtlijst")
    number = int(line.locator("b").inner_text())
    line.click()
    expect(title(page)).to_have_text("Sessies")
    expect(page.locator(".expor-sessions tbody tr")).to_have_count(number)
    stays_within(page)


@also_without_script
def test_a_session_is_planned_from_its_training_published_and_copied(demo, visit, device, javascript):
    page = as_organiser(demo, visit, device, javascript=javascript)
    page.goto("/cms/sessies/nieuw/")
    page.get_by_role("link", name="Het moeilijke gesprek").click()
    whole(page)
    assert (page.get_by_label("Aantal plaatsen").input_value(), ticked(page.locator("#id_trainers"))) == defaults(demo, "V05")
    day = date.today() + timedelta(days=40)
    page.get_by_label("Eerste dag").fill(day.isoformat())
    page.get_by_label("Begint om").fill("18:30")
    page.get_by_label("Locatie").select_option("De Vlonder")
    page.get_by_label("Lokaal").fill(f"zolder {device}")
    page.get_by_role("button", name="Concept maken").click()
    expect(page.get_by_text("Het concept is klaar.")).to_be_visible()
    expect(page.locator(".expor-head")).to_contain_text("concept")
    code, planned = title(page).inner_text(), facts(page)
    assert planned["Locatie"] == f"De Vlonder, zolder {device}"
    stays_within(page)

    page.get_by_role("button", name="Sessie publiceren").click()
    expect(page.get_by_text("De sessie is gepubliceerd.")).to_be_visible()
    page.get_by_role("link", name="Bekijken op de site").click()
    row = page.locator(f"#sessie-{code.lower()}")
    expect(row).to_contain_text(f"De Vlonder, zolder {device}")
    expect(row.get_by_role("link", name="Inschrijven")).to_be_visible()

    page.go_back()
    page.get_by_role("link", name="Kopiëren naar een andere dag").click()
    page.get_by_label("Eerste dag van de nieuwe sessie").fill((day + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Kopiëren als concept").click()
    expect(page.get_by_text("De kopie is klaar, als concept.")).to_be_visible()
    expect(title(page)).not_to_have_text(code)
    assert same(facts(page)) == same(planned)
    expect(page.get_by_role("heading", name="Nog 6 dingen te doen")).to_be_visible()


def same(about: dict[str, str]) -> dict[str, str]:
    """What a copy takes over: the hours, but not the days."""
    return {"hours": re.findall(r"[\d.]+–[\d.]+", about["Wanneer"])} | {
        name: about[name] for name in ("Locatie", "Lesgevers", "Plaatsen")
    }


def defaults(demo, code) -> tuple[str, list[str]]:
    """How many seats a training has, and who gives it."""
    rows = demo.ask(
        """select training.group_max, trainer.name from trainings_trainingpage training
        join trainings_trainingpage_trainers given on given.trainingpage_id = training.page_ptr_id
        join trainings_trainer trainer on trainer.id = given.trainer_id where training.code = ? order by trainer.name""",
        code,
    )
    return str(rows[0][0]), [name for _seats, name in rows]


def ticked(group) -> list[str]:
    return [box.evaluate("box => box.labels[0].innerText.trim()") for box in group.get_by_role("checkbox", checked=True).all()]


@also_without_script
def test_one_page_holds_everything_about_a_session(demo, visit, device, javascript):
    number = a_session(demo, f"{TO_COME} and waiting > 0 and seated >= capacity and {TO_ARRANGE}")
    [(seated, waiting)] = demo.ask(
        """select sum(state = 'confirmed'), count(distinct case when state = 'waiting' then booking_id end)
        from trainings_participant where session_id = ?""",
        number,
    )
    page = as_organiser(demo, visit, device, javascript=javascript)
    page.goto(f"/cms/sessies/{number}/")
    expect(page.locator(".expor-main h3, .expor-side h3")).to_have_text(
        [
            f"Deelnemers {seated}",
            f"Wachtlijst {waiting}",
            re.compile(r"^Berichten \d+$"),
            "Geschiedenis",
            re.compile(r"^Nog \d ding(en)? te doen$"),
            "Te regelen",
            "In het lokaal",
        ]
    )
    thing = arrange(page)
    stays_within(page)

    person, address = f"Wout Extra-{device.title()}", f"wout.{device}@extra.demo"
    add(page, *person.split(), address)
    open_mail(page, to=address, subject="Uitnodiging").close()
    mail_all(page, f"Parkeren ({device})")
    page.get_by_label(person).check()
    page.get_by_role("button", name="Aangevinkte uitschrijven").click()
    page.get_by_label("Reden").fill("Je collega neemt je plaats in.")
    page.get_by_role("button", name="1 persoon uitschrijven").click()
    expect(page.get_by_text("Uitgeschreven: 1 persoon.")).to_be_visible()
    mail = open_mail(page, to=address, subject="Uitgeschreven")
    expect(mail.get_by_role("main")).to_contain_text("Reden: Je collega neemt je plaats in.")
    assert whole(page).locator("#geschiedenis li > span:nth-child(2)").all_inner_texts()[:4] == [
        f"Deelnemer uitgeschreven: {person} Ilse Organisator",
        f"Bericht verstuurd: Parkeren ({device}) Ilse Organisator",
        f"Toegevoegd door het team: {person} (+1) Ilse Organisator",
        f"Geregeld: {thing.lower()} Ilse Organisator",
    ]
    stays_within(page)


def arrange(page) -> str:
    """Ticks off the first thing that is left to do, and says which."""
    things = page.get_by_role("region", name=re.compile("^(Nog|Niets)")).get_by_role("link")
    before = things.all_inner_texts()
    things.first.click()
    item = page.locator("#regelen details[open]")
    item.get_by_label("Nota").fill("Alles is afgesproken.")
    item.get_by_label("Klaar").check()
    item.get_by_role("button", name="Opslaan").click()
    expect(page.locator("#regelen summary").filter(has_text=before[0])).to_have_text(f"Klaar: {before[0]} Alles is afgesproken.")
    whole(page)
    assert things.all_inner_texts() == before[1:]
    return before[0]


def add(page, first, family, address):
    """Gives somebody a seat beyond the last one."""
    page.get_by_role("link", name="Toevoegen", exact=True).click()
    page.get_by_label("Voornaam").fill(first)
    page.get_by_label("Familienaam").fill(family)
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Toevoegen").click()
    expect(
        page.locator("p.error-message").get_by_text("Alle plaatsen zijn bezet. Vink dit aan om toch iemand toe te voegen.")
    ).to_be_visible()
    page.get_by_label("Ook als de sessie volzet is").check()
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_text("Toegevoegd. Er is een mail verstuurd")).to_be_visible()


def mail_all(page, subject):
    page.get_by_role("link", name="Iedereen mailen").click()
    told = addresses(page)
    page.get_by_label("Onderwerp").fill(subject)
    page.get_by_label("Bericht").fill("Parkeren kan achter het gebouw.")
    page.get_by_role("button", name="Eerst bekijken").click()
    expect(page.get_by_role("region", name="Voorbeeld")).to_contain_text("Parkeren kan achter het gebouw.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text(f"{len(told)} berichten zijn onderweg.")).to_be_visible()
    assert mails_about(page, subject, len(told)) == told


def addresses(page) -> list[str]:
    """Who is going to get a mail, as the page tells when one asks."""
    page.get_by_text("personen krijgen een mail").click()
    return whole(page).locator(".expor-reached li").all_inner_texts()


def test_a_cancelled_session_tells_everybody_the_one_reason_and_leaves_their_calendars(demo, visit):
    number = a_session(demo, f"{TO_COME} and mailed > 1", -1)
    [(code, training, address)] = demo.ask(
        """select code, title, email from trainings_session session join wagtailcore_page page on page.id = training_id
        join trainings_participant seat on session_id = session.id
        where session.id = ? and email != '' and seat.state = 'confirmed' limit 1""",
        number,
    )
    page = as_organiser(demo, visit)
    page.goto(f"/cms/sessies/{number}/")
    page.get_by_role("link", name="Sessie annuleren").click()
    told = addresses(page)
    page.get_by_role("button", name="Sessie annuleren").click()
    expect(page.locator("p.error-message").get_by_text("Vul dit in.")).to_be_visible()
    page.get_by_label("Reden").fill("De zaal staat onder water.")
    page.get_by_role("button", name="Sessie annuleren").click()
    expect(page.get_by_text(f"De sessie gaat niet door. {len(told)} mails zijn onderweg.")).to_be_visible()
    expect(page.locator(".expor-head")).to_contain_text("Gaat niet door: De zaal staat onder water.")

    subject = f"Gaat niet door: {training}"
    assert mails_about(page, subject, len(told)) == told
    mail = open_mail(page, to=address, subject=subject)
    expect(mail.get_by_role("main")).to_contain_text("Reden: De zaal staat onder water.")
    file = Calendar.from_ical(mail.request.get(mail.get_by_role("link", name="Agendabestand").get_attribute("href")).body())
    event = file.walk("VEVENT")[0]
    assert (file["METHOD"], event["STATUS"], str(event["ATTENDEE"])) == ("CANCEL", "CANCELLED", f"mailto:{address}")

    page.get_by_role("link", name="Bekijken op de site").click()
    expect(page.locator(f"#sessie-{code.lower()}")).to_contain_text("Gaat niet door")


def test_the_list_of_sessions_is_filtered_searched_and_downloaded(demo, visit):
    page = as_organiser(demo, visit)
    page.goto("/cms/sessies/")
    page.get_by_role("button", name="Toon filters").click()
    page.get_by_role("button", name="Status").click()
    page.get_by_role("checkbox", name="gaat niet door").check()
    cancelled = sorted(code for (code,) in demo.ask("select code from trainings_session where state = 'cancelled'"))
    expect(codes(page)).to_have_count(len(cancelled))
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Zoek").fill(cancelled[0][:5])
    expect(codes(page)).not_to_have_count(len(cancelled))
    shown = sorted(text.split(" · ")[0] for text in codes(page).all_inner_texts())
    assert shown == [code for code in cancelled if cancelled[0][:5] in code]
    page.get_by_role("button", name="Acties", exact=True).click()
    [sheet] = downloaded(page, page.get_by_role("link", name="XLSX"))
    assert sorted(row[0] for row in sheet.iter_rows(min_row=2, values_only=True)) == shown


def codes(page):
    return page.locator(".expor-sessions .expor-training .expor-meta")
