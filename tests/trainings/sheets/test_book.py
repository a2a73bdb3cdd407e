"""The workbook of an attendance sheet: the page to print and to sign, and the flat data beside it."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import translation

from tests.knowledge.factories import OrganisationFactory
from tests.trainings.sheets_room import FIRST_MORNING, add, only, session_of, texts, workbook
from trainings.models import Attendance, Session

pytestmark = pytest.mark.django_db
# Between the margins of an A4.
PRINTED_WIDTH = 297 - 15 - 10


def test_the_workbook_has_a_sheet_to_print_and_one_of_data():
    assert workbook(only(session_of())).sheetnames == ["Aanwezigheidslijst", "Gegevens"]


def test_a_workbook_of_several_has_one_sheet_each_by_date_and_one_of_data():
    session_of(code="V09-27-01", parts=0)
    later = session_of(code="V01-27-01")
    later.day_parts.update(starts_at=FIRST_MORNING + timedelta(days=1), ends_at=FIRST_MORNING + timedelta(days=2))
    session_of(code="V05-27-01")
    book = workbook(Session.objects.all(), single=False)
    assert [name for name in book.sheetnames if name != "V09-27-01"] == ["V05-27-01", "V01-27-01", "Gegevens"]
    assert set(book.sheetnames) >= {"V09-27-01"}


def test_the_printed_sheet_is_a4_landscape_one_page_wide_with_its_heading_on_every_page():
    sheet = workbook(only(session_of(2, parts=2)))["Aanwezigheidslijst"]
    page = sheet.page_setup
    (heading,) = [row[0].row for row in sheet.iter_rows() if row[1].value == "Familienaam"]
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert sheet.oddFooter.left.text == "V03-27-01 · Polarisering in de klas (V03-27-01)"
    assert sheet.oddFooter.right.text == "pagina &P van 1"


def test_an_ampersand_at_the_foot_stays_an_ampersand():
    session = session_of(1)
    session.training.title = "Vraag & antwoord"
    session.training.save()
    assert workbook(only(session)).worksheets[0].oddFooter.left.text == "V03-27-01 · Vraag && antwoord"


@pytest.mark.parametrize("parts", [1, 2, 6, 12])
def test_every_row_to_sign_in_is_nine_millimetres_at_least_after_shrinking(parts):
    session = session_of(3, parts=parts)
    add(session, "Vandenberghe-Callewaert van Nieuwenhuyse", "Marie-Antoinette", organisation=OrganisationFactory(name="O" * 160))
    sheet = workbook(only(session)).worksheets[0]
    wide = sum(dimension.width for dimension in sheet.column_dimensions.values()) * 7 / 96 * 25.4
    heading = int(sheet.print_title_rows.split("$")[-1])
    # All but the sentence above the blank rows are to sign in.
    to_sign = [row for row in range(heading + 1, sheet.max_row + 1) if not isinstance(sheet.cell(row, 1).value, str)]
    assert len(to_sign) >= 7
    assert min(sheet.row_dimensions[row].height for row in to_sign) / 72 * 25.4 * min(1, PRINTED_WIDTH / wide) >= 9


def test_there_is_one_column_to_sign_in_per_day_part_and_room_for_who_was_not_expected():
    sheet = workbook(only(session_of(2, parts=2))).worksheets[0]
    rows_below = list(sheet.iter_rows(values_only=True))
    heading = next(number for number, row in enumerate(rows_below) if row[1] == "Familienaam")
    assert rows_below[heading] == (
        "Nr.", "Familienaam", "Voornaam", "Organisatie", "Handtekening\ndo 11/3\n9.00–12.00", "Handtekening\ndo 11/3\n13.00–16.00",
    )  # fmt: skip
    assert rows_below[heading + 1 : heading + 4] == [
        (1, "Peeters 00", "Amira", "School V03-27-01", None, None),
        (2, "Peeters 01", "Amira", "School V03-27-01", None, None),
        ("Sta je niet op de lijst? Schrijf hieronder je naam en organisatie.", None, None, None, None, None),
    ]
    assert len(rows_below) - heading - 4 >= 2
    assert {value for row in rows_below[heading + 4 :] for value in row} == {None}


def test_names_that_look_like_formulas_stay_names():
    session = session_of(0, trainers=["=HYPERLINK(1)"])
    add(session, "=cmd|' /C calc'!A0", "@SUM(A1)", organisation=OrganisationFactory(name="+1"))
    book = workbook(only(session))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    assert "=cmd|' /C calc'!A0" in texts(book["Aanwezigheidslijst"])
    assert "=cmd|' /C calc'!A0" in texts(book["Gegevens"])


def test_the_data_have_one_heading_row_and_one_row_per_person_and_day_part():
    session = session_of(0, parts=2)
    walk_in = add(session, "Zomaar", "Jef", walk_in=True)
    booked = add(session, "Maes", "An", organisation=OrganisationFactory(name="Politiezone"))
    morning = session.day_parts.first()
    Attendance.objects.create(participant=booked, day_part=morning, status="partly")
    data = workbook(only(session))["Gegevens"]
    head = ("V03-27-01", session.training.code, "Polarisering in de klas (V03-27-01)")
    day, place = datetime(2027, 3, 11), ("De Brug, zaal 2", "Lieselot Vermeulen")
    first, second = (1, day, time(9), time(12), *place), (2, day, time(13), time(16), *place)
    maes = ("Maes", "An", "Politiezone", booked.booking.reference, "nee")
    zomaar = ("Zomaar", "Jef", None, walk_in.booking.reference, "ja")
    assert list(data.iter_rows(values_only=True)) == [
        (
            "Sessie", "Code vorming", "Vorming", "Dagdeel", "Datum", "Begin", "Einde", "Locatie", "Lesgever",
            "Familienaam", "Voornaam", "Organisatie", "Inschrijving", "Zonder inschrijving", "Aanwezigheid",
        ),
        (*head, *first, *maes, Attendance.Status.PARTLY.label),
        (*head, *second, *maes, None),
        (*head, *first, *zomaar, None),
        (*head, *second, *zomaar, None),
    ]  # fmt: skip


def test_somebody_in_a_session_without_a_date_is_in_the_data_once():
    data = workbook(only(session_of(1, parts=0)))["Gegevens"]
    assert [row[3:8] for row in data.iter_rows(min_row=2, values_only=True)] == [(None, None, None, None, None)]


@pytest.mark.parametrize("n", [1, 3])
def test_a_workbook_costs_the_same_queries_for_one_session_and_for_three(n, django_assert_num_queries):
    for number in range(n):
        session_of(2 * n, parts=n, code=f"V03-27-0{number}")
    with django_assert_num_queries(5):
        workbook(Session.objects.all(), single=False)


def test_the_sheet_speaks_english_to_who_reads_english():
    session = session_of(1)
    with translation.override("en"):
        assert workbook(only(session)).sheetnames == ["Attendance list", "Data"]
