"""The catalogue as a workbook: changed outside, checked, and written as a whole or not at all."""

from playwright.sync_api import expect

from tests.browser.steps import cookies_of, downloaded


def test_a_catalogue_comes_back_changed_after_a_dry_run(demo, visit, tmp_path):
    page = visit(cookies=cookies_of(demo, visit, "coordinatie@expo-r.demo"))
    sentence = "Je leest een buurt zoals een weerkaart, en je weet wie je belt."
    upload(page, changed(page, tmp_path, "V22", "Samenvatting", sentence))
    expect(page.locator(".import-figures li")).to_have_text(["0 nieuw", "1 gewijzigd", "38 hetzelfde", "0 niet in het bestand"])
    change = page.locator(".import-fold[open]")
    expect(change.get_by_role("row")).to_have_count(2)
    expect(change.locator("td").last).to_have_text(sentence)
    page.get_by_role("button", name="Bevestigen en publiceren").click()
    expect(page.get_by_role("heading", name="Alles is klaar")).to_be_visible()
    page.goto("/vormingen/spanning-in-de-wijk-lezen/")
    expect(page.get_by_text(sentence)).to_be_visible()


def test_a_faulty_catalogue_names_sheet_row_and_column_and_writes_nothing(demo, visit, tmp_path):
    before = demo.ask("select count(*) from wagtailcore_revision")
    page = visit(cookies=cookies_of(demo, visit, "redactie@expo-r.demo"))
    upload(page, changed(page, tmp_path, "V23", "Duur in minuten", "een halve dag"))
    expect(page.locator(".import-faults li")).to_have_text(
        ["Werkblad Vormingen, rij 24, kolom I (Duur in minuten) Hier hoort een geheel getal van 15 tot 20000."]
    )
    expect(page.get_by_text("Er is niets geïmporteerd.")).to_be_visible()
    expect(page.get_by_role("button", name="Bevestigen en publiceren")).to_have_count(0)
    assert demo.ask("select count(*) from wagtailcore_revision") == before


def changed(page, folder, code, heading, value):
    """The catalogue as the site gives it, with one cell of the training with this code changed."""
    page.goto("/cms/vormingen-importeren/")
    book = downloaded(page, page.get_by_role("link", name="De catalogus downloaden"))
    headings, *rows = book["Vormingen"].iter_rows()
    column = [cell.value for cell in headings].index(heading)
    [row] = [row for row in rows if row[0].value == code]
    row[column].value = value
    book.save(folder / "catalogus.xlsx")
    return folder / "catalogus.xlsx"


def upload(page, file):
    page.get_by_label("Excel-bestand").set_input_files(file)
    page.get_by_role("button", name="Bestand controleren").click()
