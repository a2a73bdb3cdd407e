"""Workbooks: text stays text, times are local, titles fit, and a table prints well."""

import tempfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from shared.workbook import Book, Column, Sheet, clean, points, sheet_title, write

LOOKS_LIKE_SOMETHING_ELSE = [
    "=1+1", "=cmd|' /C calc'!A0", "+32 9 000 00 00", "-1", "@SUM(A1)", "\t=1", "{=1}", "#N/A", "#REF!", "1", "TRUE", "2027-01-01",
]  # fmt: skip


def opened(*sheets):
    """What somebody finds who opens the workbook of these sheets."""
    file = BytesIO()
    write(sheets, file)
    return load_workbook(file)


def one_column(values, kind="text"):
    return opened(Sheet("Blad", [Column("Kop", kind=kind)], ([value] for value in values))).active


def cells(sheet):
    return [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=2)]


def test_text_stays_text_whatever_it_begins_with():
    sheet = one_column(LOOKS_LIKE_SOMETHING_ELSE)
    assert cells(sheet) == [(text, "s") for text in LOOKS_LIKE_SOMETHING_ELSE]
    assert {cell.number_format for (cell,) in sheet.iter_rows(min_row=2)} == {"@"}


def test_a_heading_is_text_too():
    assert opened(Sheet("Blad", [Column("=1+1")], [])).active["A1"].data_type == "s"


def test_control_characters_are_removed_and_line_ends_are_one():
    assert clean("a\x00b\x07c\x1b[31m\ufffe\ud800d\x85\r\ne\rf\tg") == "abc[31md\ne\nf\tg"


def test_a_text_longer_than_a_cell_is_cut_without_halving_an_emoji():
    assert clean("x" + "🙂" * 20_000) == "x" + "🙂" * 16_383


def test_what_looks_like_an_escaped_letter_is_kept_as_it_was_typed():
    assert unescape(one_column(["_x0041_"])["A2"].value) == "_x0041_"


def test_an_aware_moment_becomes_the_time_on_the_wall():
    summer, winter = datetime(2027, 7, 1, 7, 30, tzinfo=UTC), datetime(2027, 1, 1, 8, 30, tzinfo=UTC)
    sheet = one_column([summer, winter], "datetime")
    assert cells(sheet) == [(datetime(2027, 7, 1, 9, 30), "d"), (datetime(2027, 1, 1, 9, 30), "d")]


def test_days_hours_and_numbers_can_be_reckoned_with():
    columns = [
        Column("Dag", kind="date"),
        Column("Uur", kind="time"),
        Column("Getal", kind="number"),
        Column("Bedrag", kind="number"),
    ]
    (row,) = opened(Sheet("Blad", columns, [[date(2027, 3, 1), time(9, 30), 12, Decimal("2.50")]])).active.iter_rows(min_row=2)
    assert [(cell.value, cell.data_type, cell.number_format) for cell in row] == [
        (datetime(2027, 3, 1), "d", "dd/mm/yyyy"),
        (time(9, 30), "d", "hh:mm"),
        (12, "n", "General"),
        (2.5, "n", "General"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("number", "=1", "=1"),
        ("number", float("inf"), "inf"),
        ("number", float("nan"), "nan"),
        ("number", date(2027, 1, 1), "2027-01-01"),
        ("date", "ooit", "ooit"),
        ("date", date(1899, 12, 31), "1899-12-31"),
        ("time", 9, "9"),
    ],
)
def test_what_is_not_of_its_kind_is_written_as_text(kind, value, written):
    assert cells(one_column([value], kind)) == [(written, "s")]


def test_a_value_of_another_kind_leaves_the_rows_after_it_as_they_were():
    assert cells(one_column(["?", 3, None, 4], "number")) == [("?", "s"), (3, "n"), (None, "n"), (4, "n")]


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("V03-26-02", "V03-26-02"),
        ("Wie? [jij/ik]: *wij*\\", "Wie- -jij-ik-- -wij--"),
        ("een heel lange naam voor een blad in een werkboek", "een heel lange naam voor een bl"),
        ("🙂" * 20, "🙂" * 15),
        ("'tussen haken'", "tussen haken"),
        ("a\nb\x00", "a b"),
        ("History", "History-"),
        ("", "-"),
        ("''", "-"),
    ],
)
def test_a_title_is_made_to_fit(title, made):
    assert sheet_title(title) == made


def test_titles_are_unique_in_any_case():
    long = "een heel lange naam voor een blad in een werkboek"
    book = opened(*[Sheet(title, [Column("Kop")], []) for title in ("Blad", "blad", "BLAD", long, long)])
    assert book.sheetnames == [
        "Blad",
        "blad (2)",
        "BLAD (3)",
        "een heel lange naam voor een bl",
        "een heel lange naam voor ee (2)",
    ]


def test_a_table_stays_readable_on_screen_and_on_paper():
    sheet = opened(Sheet("Blad", [Column("Een", 30), Column("Twee", 8, wrap=True)], [["a", "b"], ["c", "d"]])).active
    page = sheet.page_setup
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [30, 8]
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [bool(sheet[place].alignment.wrap_text) for place in ("A2", "B2")] == [False, True]


def test_a_filter_is_left_out_where_it_is_not_wanted():
    assert opened(Sheet("Blad", [Column("Een")], [["a"]], filter=False)).active.auto_filter.ref is None


def test_a_row_with_too_few_values_is_a_mistake_that_is_told():
    with pytest.raises(ValueError, match="shorter"):
        opened(Sheet("Blad", [Column("Een"), Column("Twee")], [["a"]]))


def test_a_failure_half_way_leaves_no_file_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError):
        opened(Sheet("Blad", [Column("Een")], ([1 / number] for number in (2, 1, 0))))
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_without_sheets_opens():
    assert opened().sheetnames == ["-"]


def test_two_tables_grow_side_by_side():
    book, file = Book(), BytesIO()
    even, odd = (book.table(title, [Column("Getal", kind="number")]) for title in ("Even", "Oneven"))
    for number in range(6):
        (odd if number % 2 else even).append([number])
    book.save(file)
    found = load_workbook(file)
    assert {sheet.title: [value for (value,) in sheet.iter_rows(min_row=2, values_only=True)] for sheet in found} == {
        "Even": [0, 2, 4],
        "Oneven": [1, 3, 5],
    }


def test_a_sheet_can_stand_before_another_that_is_growing():
    book, file = Book(), BytesIO()
    table = book.table("Gegevens", [Column("Kop")])
    for title in ("Een", "Twee"):
        book.sheet(title, before=table.sheet).close()
    book.save(file)
    assert load_workbook(file).sheetnames == ["Een", "Twee", "Gegevens"]


def test_heights_are_whole_pixels_and_never_less_than_asked():
    assert [points(millimetres) for millimetres in (9, 10, 10.5)] == [26.25, 28.5, 30.0]


ANY_TEXT = st.text(st.characters(), max_size=300) | st.sampled_from(LOOKS_LIKE_SOMETHING_ELSE).map(
    lambda text: text + "\u202e مرحبا 🙂\x00"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_any_text_comes_back_clean_and_as_text(texts):
    found = one_column(texts)
    assert [unescape(cell.value or "") for (cell,) in found.iter_rows(min_row=2)] == [clean(text) for text in texts]
    assert {cell.data_type for (cell,) in found.iter_rows(min_row=2) if cell.value} <= {"s"}


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_any_titles_make_a_workbook_that_opens(titles):
    book = opened(*[Sheet(title, [Column("Kop")], []) for title in titles])
    assert len({title.casefold() for title in book.sheetnames}) == len(titles)
    assert all(len(title.encode("utf-16-le")) <= 62 for title in book.sheetnames)
