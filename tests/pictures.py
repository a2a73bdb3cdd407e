"""`make pictures`: takes the pictures of README and docs anew, from a demonstration of its own; names after it choose some."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
ORGANISER, EDITOR = "organisator@expo-r.demo", "redactie@expo-r.demo"
BUSY = """
    SELECT session.id FROM trainings_session session JOIN trainings_participant person ON person.session_id = session.id
    WHERE session.state = 'published' GROUP BY session.id HAVING COUNT(*) BETWEEN 10 AND 16 ORDER BY COUNT(*) DESC LIMIT 1
"""
DONE = """
    SELECT session.id FROM trainings_session session JOIN trainings_attendance mark ON mark.day_part_id IN
    (SELECT id FROM trainings_daypart WHERE session_id = session.id) GROUP BY session.id ORDER BY COUNT(*) DESC LIMIT 1
"""
NAMELESS = """
    SELECT reference FROM trainings_booking booking JOIN people_user person ON person.id = booking.booked_by_id
    WHERE person.email = 'partner@school.demo' AND EXISTS
    (SELECT 1 FROM trainings_participant WHERE booking_id = booking.id AND state = 'reserved')
"""
SCHOOL = """
    SELECT organisation_id FROM network_membership membership JOIN people_user person ON person.id = membership.user_id
    WHERE person.email = 'coordinator@school.demo' AND membership.role = 'coordinator'
"""
CASE_MANAGER, ADMINISTRATOR, OFFICER = "casemanager@expo-r.demo", "beheer@expo-r.demo", "dpo@stad.demo"
TALKED_WITH = """
    SELECT id FROM casework_referral WHERE source = 'form' AND id IN (SELECT referral_id FROM casework_referrer)
"""
TRAINING = "SELECT id FROM wagtailcore_page WHERE slug = 'polarisering-in-de-klas'"


@dataclass(frozen=True)
class Picture:
    """One screen: the file's name, who looks at what, and on which device; `{…}` is filled in with a key."""

    name: str
    address: str
    who: str = ""
    device: str = "desktop"
    zone: str = "public"
    before: Callable | None = None


def _tell(page, demo) -> str:
    """Sends a worry; gives the code on the card."""
    worry = "Een jongen in onze werking deelt filmpjes waarin een aanslag wordt goedgepraat. De anderen worden er stil van."
    page.locator("textarea[name=worry]").fill(worry)
    time.sleep(3)  # nobody writes faster, and who does gets the form back
    page.locator("main form").get_by_role("button").last.click()
    return page.locator(".code-card__code").inner_text()


def _tell_and_read(page, demo) -> None:
    """Reads what came back to a worry."""
    from tests.browser.test_referral import answer, read

    code = _tell(page, demo)
    answer(demo, code, 0, "received", of="referral")
    answer(demo, code, 1, "status", state="in_consult")
    answer(
        demo,
        code,
        2,
        "answer",
        text="Dank je dat je dit vertelt. Vraag hem eerst wat hij in die filmpjes ziet. Wil je bellen? Dat kan.",
    )
    read(page, code)


def _see_what_moves(page, demo) -> None:
    """Chooses the first two organisations that look the same."""
    page.locator("main .expor-list a.button").first.click()


SCREENS = [
    Picture("home", "/"),
    Picture("catalogue", "/vormingen/?thema=polarisering&sector=onderwijs"),
    Picture("catalogue-phone", "/vormingen/", device="phone"),
    Picture("training", "/vormingen/polarisering-in-de-klas/"),
    Picture("calendar", "/vormingen/kalender/"),
    Picture("mine", "/mijn/", who="partner@school.demo"),
    Picture("names", "/mijn/inschrijvingen/{nameless}/namen/", who="partner@school.demo"),
    Picture("offer-phone", "/vormingen/vrijgekomen/{offer}/", device="phone"),
    Picture("seat-phone", "/vormingen/plaats/{seat}/", device="phone"),
    Picture("feeds", "/mijn/agenda/", who="partner@school.demo"),
    Picture("own-data", "/mijn/gegevens/", who="partner@school.demo"),
    Picture("organisation", "/mijn/organisatie/{school}/", who="coordinator@school.demo"),
    Picture("mail-text", "/cms/sessies/berichten/teksten/booking_confirmed/", who=ORGANISER),
    Picture("merging", "/cms/organisaties-samenvoegen/", who="coordinatie@expo-r.demo", before=_see_what_moves),
    Picture("retention", "/cms/sessies/bewaring/", who=ORGANISER),
    Picture("dashboard", "/cms/", who=ORGANISER),
    Picture("sessions", "/cms/sessies/", who=ORGANISER),
    Picture("session", "/cms/sessies/{busy}/", who=ORGANISER),
    Picture("attendance-phone", "/cms/sessies/{done}/aanwezigheid/", who=ORGANISER, device="phone"),
    Picture("editor", "/cms/pages/{training}/edit/", who=EDITOR),
    Picture("import", "/cms/vormingen-importeren/", who=EDITOR),
    Picture("referral-phone", "/aanspreekpunt/bezorgdheid/", device="phone"),
    Picture("referral-card-phone", "/aanspreekpunt/bezorgdheid/", device="phone", before=_tell),
    Picture("referral-answer-phone", "/aanspreekpunt/bezorgdheid/", device="phone", before=_tell_and_read),
    Picture("casework-work", "/", CASE_MANAGER, zone="casework"),
    Picture("casework-referral", "/aanmeldingen/{talked_with}/", CASE_MANAGER, zone="casework"),
    Picture("casework-list", "/aanmeldingen/", CASE_MANAGER, zone="casework"),
    Picture("casework-log", "/logboek/", OFFICER, zone="casework"),
    Picture("casework-access", "/toegang/", ADMINISTRATOR, zone="casework"),
]


def main(*chosen: str) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings.public"
    import django

    django.setup()
    from tests.browser import chromium, demonstration
    from tests.browser.walk import link_in_mail

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demonstration.running(Path(folder) / "var") as demo:
        questions = {"busy": BUSY, "done": DONE, "training": TRAINING, "nameless": NAMELESS, "school": SCHOOL}
        keys = {name: demo.ask(question)[0][0] for name, question in questions.items()}
        keys["talked_with"] = UUID(demo.ask(TALKED_WITH, zone="casework")[0][0])
        keys |= {name: link_in_mail(demo, f"vormingen/{way}") for name, way in {"offer": "vrijgekomen", "seat": "plaats"}.items()}
        with chromium.started(chromium.executable()) as browser:
            for picture in SCREENS:
                if not chosen or picture.name in chosen:
                    _take(browser, demo, picture, keys)
            if not chosen or "sheet" in chosen:
                _print_sheet(browser, demo, keys)


def _take(browser, demo, picture: Picture, keys: dict) -> None:
    page = _page(browser, demo, picture.device, picture.who, picture.zone)
    page.goto(picture.address.format(**keys))
    if picture.before:
        picture.before(page, demo)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    page.context.close()
    print(picture.name)


def _page(browser, demo, device: str, who: str, zone: str = "public"):
    from tests.browser.chromium import DEVICES
    from tests.browser.steps import sign_in, sign_in_to_casework

    url, enter, known = (demo.url, sign_in, who) if zone == "public" else (demo.casework_url, sign_in_to_casework, f"{who} {zone}")
    options = {"base_url": url, "locale": "nl-BE", "timezone_id": "Europe/Brussels"}
    if who and known not in demo.signed_in:
        page = browser.new_context(**DEVICES["desktop"], **options).new_page()
        enter(demo, page, who)
        demo.signed_in[known] = page.context.storage_state()
        page.context.close()
    return browser.new_context(**DEVICES[device], **options, storage_state=demo.signed_in.get(known)).new_page()


def _print_sheet(browser, demo, keys: dict) -> None:
    """The first page of an attendance sheet as a picture."""
    page = _page(browser, demo, "desktop", ORGANISER)
    sheet = page.request.get(f"/cms/sessies/lijsten/{keys['busy']}/pdf/")
    subprocess.run(
        ["pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-singlefile", "-", PICTURES / "sheet"],
        input=sheet.body(),
        check=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
