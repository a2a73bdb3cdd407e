"""Workbooks (xlsx) written row by row: text stays text, times are local, and memory stays flat however long the table."""

import math
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.properties import PageSetupProperties

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
A4 = 9
HEADING_HEIGHT = 10
FONT, INK, TINT, LINE = "Calibri", "23333A", "E3F1F8", "B5C4CB"
# Columns are measured in digits of this font: every office program has it, or one of the same width.
STANDARD_FONT = Font(name="Arial", size=10)
TEXT_FORMAT = "@"
FORMATS = {
    "text": TEXT_FORMAT,
    "number": "General",
    "date": "dd/mm/yyyy",
    "time": "hh:mm",
    "datetime": "dd/mm/yyyy hh:mm",
}
# Control characters, halves of a surrogate pair, and two code points that are no characters: XML cannot hold them.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width in characters, what it holds (a key of `FORMATS`), and whether it wraps."""

    title: str
    width: float = 16
    kind: str = "text"
    wrap: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with one heading row; `rows` may be a generator, and is read once."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence]
    filter: bool = True


def write(sheets: Iterable[Sheet], file) -> None:
    """Writes these tables into `file`, one sheet each."""
    with Book() as book:
        for sheet in sheets:
            table = book.table(sheet.title, sheet.columns, filter=sheet.filter)
            for row in sheet.rows:
                table.append(row)
            table.close()
        book.save(file)


def clean(value) -> str:
    """The text of a cell, without what a workbook cannot hold; line ends as `\\n`."""
    text = str(value)
    # Nearly every text passes here, so nearly every text costs one search.
    if 2 * len(text) <= LONGEST_TEXT and not UNWRITABLE.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _cut(UNWRITABLE.sub("", text), LONGEST_TEXT)


class Book:
    """A workbook whose rows leave for the disk as they come; several sheets may grow side by side.

    Used in a `with`, it leaves no file behind when something fails half-way.
    """

    def __init__(self):
        self._book = Workbook(write_only=True)
        # Both: some programs measure columns by the first font, others by that of the style "Normal".
        self._book._fonts = IndexedList([STANDARD_FONT])
        self._book._named_styles["Normal"].font = STANDARD_FONT
        self._titles: set[str] = set()
        self._styles: dict[str, StyleArray] = {}
        self._tables: list[Table] = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        for sheet in self._book.worksheets if error else []:
            _discard(sheet)

    def sheet(self, title: str, *, before=None):
        """An empty sheet of openpyxl, set up for A4 landscape, one page wide; its title is made to fit."""
        place = self._book.index(before) if before else None
        sheet = self._book.create_sheet(sheet_title(title, self._titles), place)
        self._titles.add(sheet.title.casefold())
        set_up_print(sheet)
        return sheet

    def table(self, title: str, columns: Sequence[Column], *, filter: bool = True) -> "Table":
        """A sheet with one heading row that stays in sight and stands on every printed page."""
        table = Table(self, self.sheet(title), columns, filter=filter)
        self._tables.append(table)
        return table

    def style(self, name: str, **parts) -> StyleArray:
        """A named style, made once, in the form that cells take."""
        if name not in self._styles:
            named = NamedStyle(name, **{"font": STANDARD_FONT} | parts)
            self._book.add_named_style(named)
            self._styles[name] = named.as_tuple()
        return self._styles[name]

    def save(self, file) -> None:
        """Writes the workbook; afterwards nothing can be added."""
        for table in self._tables:
            table.close()
        if not self._titles:
            self.sheet("")
        self._book.save(file)


class Table:
    """One table of a workbook, filled from top to bottom."""

    def __init__(self, book: Book, sheet, columns: Sequence[Column], *, filter: bool):
        self.sheet, self.columns, self.filter = sheet, columns, filter
        self._rows = 1
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        # One cell per column serves every row: a row is on the disk before the next one comes.
        self._cells = [text_cell(sheet, "", _table_style(book, column)) for column in columns]
        sheet.row_dimensions[1].height = points(HEADING_HEIGHT)
        sheet.append([text_cell(sheet, column.title, _heading_style(book)) for column in columns])

    def append(self, values: Sequence) -> None:
        """Adds a row."""
        for made, value, column in zip(self._cells, values, self.columns, strict=True):
            _put(made, value, column.kind)
        self.sheet.append(self._cells)
        self._rows += 1

    def close(self) -> None:
        """No row follows: the sheet's file is finished."""
        if self.sheet.closed:
            return
        if self.filter:
            self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{self._rows}"
        self.sheet.close()


def cell(sheet, value, style: StyleArray, kind: str = "text") -> Cell:
    """A cell of this kind; what is not of its kind (a word among numbers, a day before 1900) is written as text."""
    made = WriteOnlyCell(sheet)
    # Assigned as it is: looking a style up by its name would take a sixth of all the time.
    made._style = style
    _put(made, value, kind)
    return made


def text_cell(sheet, text, style: StyleArray) -> Cell:
    """A cell that holds text whatever it begins with; nothing in it is ever reckoned."""
    return cell(sheet, text, style)


def _put(made: Cell, value, kind: str) -> None:
    if kind != "text" and _is_of(kind, value):
        made.value = _plain(value)
        return
    text = "" if value is None else clean(value)
    # Assigned as it is: through `value` openpyxl would take it for a formula or an error where it looks like one.
    # A program reads `_x0041_` as an escaped letter: escaping the underscore keeps what was typed.
    made._value = ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text or None
    made.data_type = "s" if text else "n"


def sheet_title(title: str, taken: Iterable[str] = ()) -> str:
    """This title as a workbook allows it: without forbidden characters, 31 units long at most, and not taken yet."""
    cleaned = FORBIDDEN_IN_TITLE.sub("-", " ".join(clean(title).split())).strip("' ")
    # Spreadsheets keep "History" for themselves.
    cleaned = f"{cleaned}-" if cleaned.casefold() == "history" else cleaned or "-"
    candidate, number = _cut(cleaned, LONGEST_TITLE).rstrip("' "), 1
    while candidate.casefold() in taken:
        number += 1
        ending = f" ({number})"
        candidate = _cut(cleaned, LONGEST_TITLE - len(ending)) + ending
    return candidate


def set_up_print(sheet) -> None:
    """A4 landscape, one page wide and as many high as it takes, with room to punch holes on the left."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = inches(15), inches(10), inches(12), inches(15)
    margins.header = margins.footer = inches(7)


def inches(millimetres: float) -> float:
    """A length as page margins want it."""
    return round(millimetres / 25.4, 4)


def points(millimetres: float) -> float:
    """A length as row heights want it: up to the next whole pixel, since some programs cut what is left over."""
    return math.ceil(millimetres / 25.4 * 96) * 0.75


def characters(millimetres: float) -> float:
    """A length as column widths want it: in digits of the standard font, seven pixels each."""
    return round(millimetres / 25.4 * 96 / 7, 2)


def _discard(sheet) -> None:
    with suppress(Exception):
        sheet.close()
    with suppress(AttributeError, OSError):
        sheet._writer.cleanup()


def _cut(text: str, length: int) -> str:
    # Counted as spreadsheets count, where most emoji take two places; half an emoji is dropped.
    if 2 * len(text) <= length:
        return text
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def _is_of(kind: str, value) -> bool:
    # Infinity is no number to a spreadsheet, and its calendar begins in 1900.
    if kind == "number":
        return isinstance(value, (int, Decimal)) or (isinstance(value, float) and math.isfinite(value))
    return isinstance(value, time) if kind == "time" else isinstance(value, date) and value.year >= 1900


def _plain(value: date | time | Decimal | float):
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    return value


def _table_style(book: Book, column: Column) -> StyleArray:
    # Days and hours on the left, lest they touch the text of the next column.
    alignment = Alignment(vertical="top", horizontal=None if column.kind == "number" else "left", wrap_text=column.wrap)
    name = f"EXPO-R {column.kind}{' wrapped' if column.wrap else ''}"
    return book.style(name, font=Font(name=FONT, size=10, color=INK), alignment=alignment, number_format=FORMATS[column.kind])


def _heading_style(book: Book) -> StyleArray:
    return book.style(
        "EXPO-R heading",
        font=Font(name=FONT, size=10, bold=True, color=INK),
        fill=PatternFill("solid", fgColor=TINT),
        border=Border(bottom=Side("thin", color=INK)),
        alignment=Alignment(vertical="center", wrap_text=True),
        number_format=TEXT_FORMAT,
    )
