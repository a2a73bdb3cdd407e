"""The attendance workbook as LibreOffice prints it: opened for real, page by page."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from pypdf import PdfReader

from tests.trainings.sheets_room import add, only, session_of
from trainings.models import Session
from trainings.sheets import xlsx

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MILLIMETRES_PER_POINT = 25.4 / 72

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),  # paper knows no database
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is missing, so nothing can be printed with it"),
]


@pytest.fixture
def printed(tmp_path):
    """Prints the workbooks of these sessions, by code; or one workbook of all of them together, called "samen"."""

    def print_all(*sessions, together: bool = False) -> dict[str, PdfReader]:
        chosen = {"samen": Session.objects.all()} if together else {session.code: only(session) for session in sessions}
        for name, rows in chosen.items():
            with (tmp_path / f"{name}.xlsx").open("wb") as file:
                xlsx.write(rows, file, single=not together)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        books = sorted(map(str, tmp_path.glob("*.xlsx")))
        command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *books]
        told = _run(command)
        assert re.findall(r"(?i)\berror\b|repair|corrupt", told.stdout + told.stderr) == []
        return {name: PdfReader(tmp_path / f"{name}.pdf") for name in chosen}

    return print_all


def _run(command: list[str]) -> subprocess.CompletedProcess:
    """LibreOffice's answer. Its first start with a new profile may fail on a busy machine; the second finds the profile."""
    for _start in range(2):
        told = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        if told.returncode == 0:
            break
    assert told.returncode == 0, told.stdout + told.stderr
    return told


def words(page) -> str:
    return " ".join(page.extract_text().split())


def list_pages(document) -> list:
    """The pages of the list; those of the data give nobody a number."""
    return [page for page in document.pages if "Nr. Familienaam Voornaam Organisatie" in words(page)]


def rows_apart(page) -> list[float]:
    """How many millimetres lie between the numbers of the people, from top to bottom."""
    heights = []

    def see(text, _cm, tm, _font, _size):
        if re.fullmatch(r"\d+", text.strip()) and tm[4] * MILLIMETRES_PER_POINT < 30:
            heights.append(tm[5])

    page.extract_text(visitor_text=see)
    ordered = sorted(set(heights), reverse=True)
    return [(upper - lower) * MILLIMETRES_PER_POINT for upper, lower in pairwise(ordered)]


def test_a_list_prints_on_a4_landscape_with_its_heading_on_each_page_and_room_to_sign(printed):
    parts_of = {"V01-27-01": 1, "V02-27-01": 2, "V06-27-01": 6}
    documents = printed(*[session_of(60, parts=parts, code=code) for code, parts in parts_of.items()])
    for code, document in documents.items():
        pages = list_pages(document)
        total = len(pages)
        assert {tuple(round(float(side) * MILLIMETRES_PER_POINT) for side in page.mediabox[2:]) for page in pages} == {(297, 210)}
        assert [f"pagina {number} van {total}" in words(page) for number, page in enumerate(pages, 1)] == [True] * len(pages)
        assert [f"{code} · Polarisering" in words(page) for page in pages] == [True] * len(pages)
        people = " ".join(words(page) for page in pages)
        assert [number for number in range(60) if people.count(f"Peeters {number:02}") != 1] == []
        apart = [rows_apart(page) for page in pages]
        # The fonts at hand decide how far the sheet is shrunk: a row is made 10.5 high, and 9 is what a hand needs.
        assert all(9 <= height < 11 for heights in apart for height in heights)
        # Every page between the first and the last is full: fifteen rows take two thirds of its height.
        assert min(map(len, apart[1:-1])) + 1 >= 15


def test_a_small_group_fits_on_one_page_and_its_data_on_the_next(printed):
    session = session_of(8)
    (first, second) = printed(session)[session.code].pages
    wanted = (
        "Aanwezigheidslijst", "Polarisering in de klas (V03-27-01)", "donderdag 11 maart 2027, 9.00–12.00",
        "De Brug, zaal 2 · Kaaistraat 12, 9000 Gent", "Lieselot Vermeulen", "Handtekening lesgever", "Sta je niet op de lijst?",
        "pagina 1 van 1",
    )  # fmt: skip
    assert [text for text in wanted if text not in words(first)] == []
    assert words(second).count("Peeters") == 8


def test_each_list_of_a_workbook_counts_its_own_pages_and_the_data_none(printed):
    sessions = [session_of(people, code=code) for code, people in (("V01-27-01", 20), ("V02-27-01", 4), ("V03-27-01", 30))]
    pages = [words(page) for page in printed(*sessions, together=True)["samen"].pages]
    assert [found for page in pages for found in re.findall(r"pagina \d van \d", page)] == [
        "pagina 1 van 2", "pagina 2 van 2", "pagina 1 van 1", "pagina 1 van 3", "pagina 2 van 3", "pagina 3 van 3",
    ]  # fmt: skip
    assert len(pages) > 6


def test_no_name_is_reckoned(printed):
    session = session_of(0)
    add(session, "=1+1", "=2*3")
    (first, second) = printed(session)[session.code].pages
    assert ["=1+1" in words(page) and "=2*3" in words(page) for page in (first, second)] == [True, True]
