"""The attendance sheet as PDF: its pages, its words, and that making it asks nobody for anything."""

from io import BytesIO
from urllib import request

import pytest
from pypdf import PdfReader

from tests.trainings.sheets_room import add, session_of, sheet_of
from trainings.checks import pango_is_there
from trainings.sheets import paper, pdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),  # paper knows no database
    pytest.mark.skipif(not pdf.is_possible(), reason="Pango is missing, so no PDF can be made on this machine"),
]
POINTS_PER_MILLIMETRE = 72 / 25.4


def pages_of(*sheets, title="Aanwezigheidslijst") -> PdfReader:
    file = BytesIO()
    pdf.write(sheets, file, title=title)
    return PdfReader(file)


def words(page) -> str:
    return " ".join(page.extract_text().split())


def test_a_pdf_is_a4_landscape_tagged_and_says_its_title_and_language():
    document = pages_of(sheet_of(session_of()), title="Aanwezigheidslijst V03-27-01")
    (page,) = document.pages
    assert [round(float(side) / POINTS_PER_MILLIMETRE) for side in page.mediabox[2:]] == [297, 210]
    assert document.metadata.title == "Aanwezigheidslijst V03-27-01"
    assert document.root_object["/Lang"] == "nl"
    assert document.root_object["/MarkInfo"]["/Marked"]


def test_a_pdf_says_what_stands_on_the_sheet():
    session = session_of(0, parts=2)
    add(session, "Öztürk", "Elif", walk_in=True)
    (page,) = pages_of(sheet_of(session)).pages
    told = words(page)
    wanted = (
        "Aanwezigheidslijst", "Polarisering in de klas (V03-27-01)", "donderdag 11 maart 2027, 9.00–12.00 en 13.00–16.00",
        "De Brug, zaal 2 · Kaaistraat 12, 9000 Gent", "Lieselot Vermeulen", "Handtekening lesgever", "Familienaam", "Voornaam",
        "Organisatie", "Handtekening do 11/3 13.00–16.00", "1 + Öztürk Elif", "Sta je niet op de lijst?",
        "+ kwam zonder inschrijving", "pagina 1 van 1",
    )  # fmt: skip
    assert [text for text in wanted if text not in told] == []


def test_each_page_repeats_the_heading_and_counts():
    document = pages_of(sheet_of(session_of(60)))
    numbers = range(1, len(document.pages) + 1)
    assert len(document.pages) == 5
    assert [f"pagina {number} van 5" in words(page) for number, page in zip(numbers, document.pages, strict=True)] == [True] * 5
    assert [words(page).count("Familienaam") for page in document.pages] == [1] * 5
    assert [words(page).count("V03-27-01 · Polarisering") for page in document.pages] == [1] * 5


def test_each_session_counts_its_own_pages():
    sheets = [sheet_of(session_of(people, code=f"V{people:02}-27-01")) for people in (20, 2)]
    foots = [words(page)[-40:] for page in pages_of(*sheets).pages]
    assert [foot.rpartition("pagina ")[2][:7] for foot in foots] == ["1 van 2", "2 van 2", "1 van 1"]


@pytest.mark.parametrize("people", [*range(8, 16), *range(24, 31)])
def test_no_page_holds_a_stray_blank_row(people):
    sheet = sheet_of(session_of(people))
    last = words(pages_of(sheet).pages[-1])
    assert "Sta je niet op de lijst?" in last or paper.layout(sheet).spare_rows >= paper.MOST_SPARE


def test_making_a_pdf_opens_no_address(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("asked for an address")

    monkeypatch.setattr(request.OpenerDirector, "open", refuse)
    assert len(pages_of(sheet_of(session_of())).pages) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/static/trainings/sheet.css",
        "file:///etc/hostname",
        "https://static.invalid/media/x.css",
        "https://static.invalid/static/../../etc/passwd",
        "https://static.invalid/static/%2e%2e/%2e%2e/manage.py",
        "https://static.invalid/static/no-such-file.css",
        "https://static.invalid.example.org/static/trainings/sheet.css",
        "data:text/css,x",
    ],
)
def test_only_our_own_static_files_are_read(url):
    assert pdf.own_file(url) is None


def test_the_style_and_the_font_are_found():
    found = [
        pdf.own_file(f"https://static.invalid/static/{name}") for name in ("trainings/sheet.css", "shared/fonts/bricolage.woff2")
    ]
    assert [path.name for path in found] == ["sheet.css", "bricolage.woff2"]


def test_names_are_escaped():
    session = session_of(0)
    add(session, "<b>Vet</b>", "<script>")
    (page,) = pages_of(sheet_of(session)).pages
    assert "<b>Vet</b> <script>" in words(page)


def test_all_is_well_where_pango_stands():
    assert pango_is_there(None) == []
