"""In the room: the attendance sheet on paper, and attendance ticked on a phone."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.sessions import NAMES, OVER, TO_COME, a_session, as_organiser
from tests.browser.steps import downloaded, stays_within, whole


def test_the_attendance_sheet_is_a_workbook_a_pdf_and_a_page_to_print(demo, visit):
    number = a_session(demo, f"{TO_COME} and seated > 4 and parts = 1")
    names = demo.ask(NAMES, number)
    page = as_organiser(demo, visit)
    page.goto(f"/cms/sessies/{number}/")
    book = downloaded(page, page.get_by_role("link", name="als Excel-bestand (xlsx)"))
    assert [sheet.title for sheet in book] == ["Aanwezigheidslijst", "Gegevens"]
    assert sorted((row[2], row[1]) for row in book["Aanwezigheidslijst"].values if isinstance(row[0], int)) == names
    headings, *data = book["Gegevens"].values
    first, family = headings.index("Voornaam"), headings.index("Familienaam")
    assert sorted((row[first], row[family]) for row in data) == names
    pdf = page.request.get(page.get_by_role("link", name="als pdf").get_attribute("href"))
    assert missing(names, pdf.body()) == []
    page.get_by_role("link", name="afdrukken vanuit je browser").click()
    page.set_viewport_size({"width": 390, "height": 844})
    stays_within(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert missing(names, page.pdf(prefer_css_page_size=True)) == []


def missing(names, pdf: bytes) -> list[str]:
    """Which of these names are not in the PDF."""
    # A long name may stand on two lines, with no space where it is broken.
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    return [part for name in names for part in name if "".join(part.split()) not in text]


@pytest.mark.parametrize("javascript", [True, False])
def test_attendance_is_ticked_on_a_phone_in_the_room(demo, visit, javascript):
    number = a_session(demo, OVER, int(javascript))
    names = [" ".join(name) for name in demo.ask(NAMES, number)]
    page = as_organiser(demo, visit, "phone", javascript=javascript)
    page.goto(f"/cms/sessies/{number}/")
    page.get_by_role("link", name="Aanwezigheden noteren").click()
    stays_within(page)
    others = len(names) - 2
    marks = ["verontschuldigd", "afwezig", *["nog niet genoteerd"] * others]
    changes = sum(chosen(page, name) != status for name, status in zip(names, marks, strict=True))
    for name, status in zip(names, marks, strict=True):
        mark(page, name, status).check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text(f"Opgeslagen: {changes} wijziging")).to_be_visible()
    page.get_by_role("button", name="Iedereen aanwezig").click()
    expect(page.get_by_text(f"Opgeslagen: {others} wijzigingen.")).to_be_visible()
    assert [chosen(page, name) for name in names] == [*marks[:2], *["aanwezig"] * others]

    page.get_by_label("Voornaam").fill("Zita")
    page.get_by_label("Familienaam").fill("Zonderling")
    page.get_by_role("button", name="Toevoegen aan de lijst").click()
    expect(page.get_by_text("Zita staat nu op de lijst.")).to_be_visible()
    expect(page.get_by_role("row", name="Zita Zonderling")).to_contain_text("niet ingeschreven")
    assert chosen(page, "Zita Zonderling") == "nog niet genoteerd"
    stays_within(page)


def mark(page, name, status):
    """The button of this status in somebody's row, big enough for a thumb."""
    button = page.get_by_role("radiogroup", name=f"{name}, ").get_by_role("radio", name=status, exact=True)
    box = button.locator("..").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    return button


def chosen(page, name) -> str:
    button = whole(page).get_by_role("radiogroup", name=f"{name}, ").get_by_role("radio", checked=True)
    return button.evaluate("button => button.parentElement.title")
