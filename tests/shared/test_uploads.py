"""Reading an uploaded workbook: what is read, what is refused and why, and that no file keeps the machine busy."""

import io
import os
import resource
import signal
import subprocess
import sys
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from shared import uploads, workbook
from shared.uploads import REASONS, Odd, UploadedRow, UploadedSheet, UploadRefused, read_workbook
from tests.shared import hostile_workbooks as hostile
from tests.shared.workbook_parts import sheet, text_row, with_part
from tests.shared.workbook_parts import workbook as made

SECONDS_OF_CPU = 2
# A twentieth of the corpus runs every time; the whole of it when the long figures are asked for.
NAMES = sorted(hostile.CORPUS)
SOME = dict.fromkeys(NAMES[::20], ())
FILES = [pytest.param(name, marks=() if name in SOME else pytest.mark.long) for name in NAMES]


def file_of(*rows, title="Blad1") -> io.BytesIO:
    """A workbook as a spreadsheet program would write it."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UploadRefused) as caught:
        read_workbook(io.BytesIO(data))
    return caught.value.code, caught.value.where


def test_read_workbook_gives_sheets_with_their_filled_rows():
    book = Workbook()
    book.active.title = "Vormingen"
    book.active.append(["Code", None, "Titel"])
    book.active["A4"] = "V01"
    book.active["B4"] = 12.5
    book.active["C4"] = True
    book.create_sheet("Leeg")
    assert read_workbook(saved(book)) == [
        UploadedSheet("Vormingen", [UploadedRow(1, ["Code", None, "Titel"]), UploadedRow(4, ["V01", 12.5, True])]),
        UploadedSheet("Leeg", []),
    ]


def test_read_workbook_takes_an_upload():
    upload = SimpleUploadedFile("catalogus.xlsx", file_of(["Code"]).getvalue())
    assert read_workbook(upload) == [UploadedSheet("Blad1", [UploadedRow(1, ["Code"])])]


def test_read_workbook_names_what_is_no_plain_value():
    book = Workbook()
    book.active.append(["=1+1", "#REF!", date(2026, 12, 1), datetime(2026, 12, 1, 9, 30), "x" * 32_767])
    cells = read_workbook(saved(book))[0].rows[0].cells
    assert cells == [
        Odd("formula"),
        Odd("error", "#REF!"),
        Odd("date", "2026-12-01 00:00:00"),
        Odd("date", "2026-12-01 09:30:00"),
        "x" * 32_767,
    ]


def test_text_that_begins_with_an_equals_sign_comes_back_as_text():
    file = io.BytesIO()
    texts = ["=1+1", "+32 9", "@SUM(1)", "-", "\ttab", "a\nb", "_x0041_", "#eerlijk!", "é😀"]
    workbook.write([workbook.Sheet("Vormingen", [workbook.Column("Tekst")], [[text] for text in texts])], file)
    file.seek(0)
    rows = read_workbook(file)[0].rows
    assert [row.cells for row in rows] == [["Tekst"], *([text] for text in texts)]


@pytest.mark.parametrize("name", NAMES[::20])
def test_a_twentieth_of_the_hostile_files_is_read_or_refused_within_two_seconds(name):
    read_or_refuse_in_time(name)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_hostile_file_is_read_or_refused_within_two_seconds(name):
    read_or_refuse_in_time(name)


def read_or_refuse_in_time(name):
    data = hostile.make(name)
    before = cpu_seconds()
    try:
        sheets = read_workbook(io.BytesIO(data))
        assert all(isinstance(one, UploadedSheet) for one in sheets)
    except UploadRefused as refused:
        assert refused.code in REASONS
        assert str(refused)
    assert cpu_seconds() - before < SECONDS_OF_CPU


def cpu_seconds() -> float:
    """Ours and that of the processes we waited for: what a file costs, however busy the machine is."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def test_there_are_two_hundred_hostile_files():
    assert len(hostile.CORPUS) >= 200


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zip bomb of 25 MB of zeros in a sheet", ("unpacked", "")),
        ("many names for one piece of data", ("damaged", "")),
        ("a number in A1048576", ("far", "A1048576")),
        ("a text in XFD1", ("far", "XFD1")),
        ("a million shared strings", ("too_much", "")),
        ("one long string in forty thousand cells", ("too_much", "")),
        ("fifty thousand rules", ("too_much", "")),
        ("fifty thousand styles", ("too_much", "")),
        ("sheet with billion laughs", ("damaged", "")),
        ("strings with a file of the machine", ("damaged", "")),
        ("a sheet in utf-16", ("damaged", "")),
        ("rows out of order", ("damaged", "")),
        ("an old .xls renamed", ("old_xls", "")),
        ("a workbook with a password", ("password", "")),
        ("entries with a password", ("password", "")),
        ("a program in xl/vbaProject.bin", ("macros", "")),
        ("declared as with macros", ("macros", "")),
        ("other data through xl/externalLinks/externalLink1.xml", ("links", "")),
        ("declared as a link", ("links", "")),
        ("plain text", ("not_xlsx", "")),
        ("a text document", ("not_xlsx", "")),
        ("nothing at all", ("empty", "")),
        ("six megabytes", ("too_big", "")),
        ("an entry called ../../evil.xml", ("damaged", "")),
        ("two sheets of one name", ("damaged", "")),
        ("a sheet that is a picture", ("damaged", "")),
        ("60 sheets with one cell each, far down", ("too_much", "")),
    ],
)
def test_refusal_says_why(name, expected):
    assert refusal(hostile.make(name)) == expected


def test_far_cells_that_are_only_painted_are_left_out():
    assert read_workbook(io.BytesIO(hostile.make("paint only in XFD1048576"))) == [
        UploadedSheet("Vormingen", [UploadedRow(1, ["Code"])])
    ]


def test_formulas_are_named_and_never_reckoned():
    rows = read_workbook(io.BytesIO(made(sheet=sheet(text_row(1, "Code") + '<row r="2"><c><f>1+1</f><v>2</v></c></row>'))))[0].rows
    assert [row.cells for row in rows] == [["Code"], [Odd("formula")]]


def test_pictures_and_comments_do_not_stand_in_the_way():
    assert read_workbook(io.BytesIO(with_part("xl/media/image1.png", os.urandom(100_000))))[0].title == "Vormingen"


def reader_that(does: str, tmp_path, **instead: str):
    """Runs the reader with these lines at its heart instead of its own."""
    text = uploads.READER.read_text().replace("def lines(file):", f"def lines(file):\n    {does}")
    for name, value in instead.items():
        text = text.replace(f"{name} = ", f"{name} = {value} #", 1)
    program = tmp_path / "reader.py"
    program.write_text(text)
    return subprocess.run([sys.executable, "-I", program], input=b"", capture_output=True, check=False)


def test_reader_has_a_ceiling_on_memory(tmp_path):
    greedy = reader_that("yield [1, [len(bytearray(900 << 20))]]", tmp_path)
    assert greedy.stdout == b'{"refused": "too_much", "where": ""}\n'


def test_reader_has_a_ceiling_on_time(tmp_path):
    busy = reader_that("while True: pass", tmp_path, CPU_SECONDS="1")
    assert busy.returncode in (-signal.SIGKILL, -signal.SIGXCPU)


def test_reader_that_is_stopped_half_way_gives_nothing(monkeypatch, tmp_path):
    program = tmp_path / "half.py"
    program.write_text("""import json; print(json.dumps({"sheet": "Vormingen"})); print('[1, ["Co')""")
    monkeypatch.setattr(uploads, "READER", program)
    assert refusal(made()) == ("slow", "")


def test_reader_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "asleep.py"
    program.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(uploads, "READER", program)
    monkeypatch.setattr(uploads, "SECONDS", 0.5)
    assert refusal(made()) == ("slow", "")


def test_reader_knows_nothing_of_the_site(monkeypatch, tmp_path):
    monkeypatch.setenv("EXPOR_SECRET_KEY", "very secret")
    program = tmp_path / "curious.py"
    program.write_text('import json, os; print(json.dumps({"sheet": " ".join(os.environ)})); print(json.dumps({"end": True}))')
    monkeypatch.setattr(uploads, "READER", program)
    assert "EXPOR" not in read_workbook(io.BytesIO(made()))[0].title
