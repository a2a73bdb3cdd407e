"""From the sheets of a workbook to rows of the catalogue; every fault says where it is and what would be right."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from shared.uploads import Odd, UploadedRow, UploadedSheet

from .columns import BY_FIELD, COLUMNS, SHEET, Column, by_heading
from .kinds import Wrong, shown, tidy

# Who has this many to put right does not read more of them, and looking for more takes time.
MAX_FAULTS = 100


@dataclass(frozen=True)
class Fault:
    """Something that has to be put right before anything is written."""

    sheet: str
    row: int | None
    column: str
    heading: str
    text: str

    def __str__(self):
        return f"{self.place}: {self.text}"

    @property
    def place(self) -> str:
        """Where it is, on one line."""
        place = [_("sheet %(name)s") % {"name": self.sheet}] if self.sheet else []
        place += [_("row %(number)s") % {"number": self.row}] if self.row else []
        if self.column or self.heading:
            column = _("column %(letter)s") % {"letter": self.column} if self.column else _("column")
            place.append(f"{column} ({self.heading})" if self.heading else column)
        return ", ".join(place)


@dataclass(frozen=True)
class CatalogueRow:
    """One row as it stands in the file: what its cells hold, by field."""

    number: int
    cells: dict[str, Any]


@dataclass
class CatalogueRows:
    """What the file says: in which column each field stands, its rows, and what is wrong with the sheet itself."""

    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict)
    rows: list[CatalogueRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, text: str, *, row: int | None = None, field: str = "", letter: str = "", heading: str = "") -> Fault:
        """A fault in this sheet; of a field that has a column its letter and heading are known."""
        column = BY_FIELD.get(field)
        return Fault(self.sheet, row, letter or self.letters.get(field, ""), column.heading if column else heading, text)


def rows_of(sheets: Iterable[UploadedSheet]) -> CatalogueRows:
    """The rows of the sheet with trainings."""
    found = CatalogueRows()
    sheet = _the_sheet(list(sheets))
    if sheet is None:
        found.faults.append(
            found.fault(_("No sheet is called “%(name)s”. Name the sheet with the trainings so.") % {"name": SHEET})
        )
        return found
    found.sheet = sheet.title
    if not sheet.rows:
        found.faults.append(found.fault(_("The sheet is empty. Begin with a row of headings, as in the template.")))
        return found
    headings, *rows = sheet.rows
    columns = _headings(headings, found)
    if "code" in found.letters:
        _rows(headings, rows, columns, found)
        _codes_once(found)
    return found


def _the_sheet(sheets: list[UploadedSheet]) -> UploadedSheet | None:
    for sheet in sheets:
        if sheet.title.strip().casefold() == SHEET.casefold():
            return sheet
    return sheets[0] if len(sheets) == 1 else None


def _headings(headings: UploadedRow, found: CatalogueRows) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    number = headings.number
    for at, cell in enumerate(headings.cells):
        column = None if isinstance(cell, Odd) else by_heading(cell)
        if column and column.field in found.letters:
            text = _("This heading stands in column %(letter)s as well. Remove one of the two.") % {
                "letter": found.letters[column.field]
            }
            found.faults.append(found.fault(text, row=number, letter=letter(at), heading=column.heading))
        elif column:
            columns[at] = column
            found.letters[column.field] = letter(at)
        elif not is_empty(cell):
            found.faults.append(found.fault(_unknown_heading(cell), row=number, letter=letter(at)))
    if "code" not in found.letters:
        found.faults.append(found.fault(_("There is no column “Code”. Without it no row can find its training."), row=number))
    return columns


def _unknown_heading(cell) -> str:
    typed = shown(tidy(cell.text if isinstance(cell, Odd) else cell))
    near = get_close_matches(typed, [column.heading for column in COLUMNS], n=1, cutoff=0.6)
    if near:
        return _("“%(text)s” is not a known heading. Do you mean “%(near)s”?") % {"text": typed, "near": near[0]}
    return _("“%(text)s” is not a known heading. Remove the column, or take a heading of the template.") % {"text": typed}


def _rows(headings: UploadedRow, rows: list[UploadedRow], columns: dict[int, Column], found: CatalogueRows) -> None:
    for row in rows:
        for at, cell in enumerate(row.cells):
            if (
                len(found.faults) < MAX_FAULTS
                and not is_empty(cell)
                and (at >= len(headings.cells) or is_empty(headings.cells[at]))
            ):
                text = _("Something stands here, but the column has no heading. Give it one, or empty the cell.")
                found.faults.append(found.fault(text, row=row.number, letter=letter(at)))
        cells = {column.field: row.cells[at] if at < len(row.cells) else None for at, column in columns.items()}
        if not all(is_empty(cell) for cell in cells.values()):
            found.rows.append(CatalogueRow(row.number, cells))


def is_empty(cell: Any) -> bool:
    """Whether nothing can be read in this cell."""
    return not isinstance(cell, Odd) and not tidy(cell)


def _codes_once(found: CatalogueRows) -> None:
    first: dict[str, int] = {}
    for row in found.rows:
        code = code_of(row)
        if code and code in first and len(found.faults) < MAX_FAULTS:
            text = _("The code %(code)s stands in row %(row)s as well. Each training has one row.") % {
                "code": shown(code),
                "row": first[code],
            }
            found.faults.append(found.fault(text, row=row.number, field="code"))
        first.setdefault(code, row.number)


def code_of(row: CatalogueRow) -> str:
    """The code in this row, or nothing where its cell holds none."""
    cell = row.cells.get("code")
    return "" if isinstance(cell, Odd) else BY_FIELD["code"].kind.read(cell, {})


def value_of(column: Column, cell: Any, names: dict) -> Any:
    """The value that a cell gives its field, or `Wrong`."""
    if isinstance(cell, Odd):
        raise Wrong(_odd(cell))
    value = column.kind.read(cell, names) if tidy(cell) or not column.required else None
    if column.required and value in (None, "", []):
        raise Wrong(_("This cell is empty. %(help)s") % {"help": column.help})
    return value


def _odd(cell: Odd) -> str:
    match cell.kind:
        case "formula":
            return _("A formula stands here. Copy the cell and paste it as a value.")
        case "date":
            return _("A date stands here: %(text)s. Make the cell a text and type what it should say.") % {"text": shown(cell.text)}
        case "long":
            return _("The text is longer than a cell can hold (32,767 characters). Shorten it.")
    return _("An error of the spreadsheet program stands here: %(text)s. Type the value itself.") % {"text": shown(cell.text)}


def letter(at: int) -> str:
    """The letters of a column, counted from 0: 27 → `AB`."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def to_plain(rows: CatalogueRows) -> dict:
    """The rows as JSON can keep them between the check and the confirmation."""
    return asdict(rows)


def from_plain(kept: dict) -> CatalogueRows:
    """The rows as they were."""
    rows = [CatalogueRow(row["number"], {name: _revive(cell) for name, cell in row["cells"].items()}) for row in kept["rows"]]
    return CatalogueRows(kept["sheet"], kept["letters"], rows, [Fault(**fault) for fault in kept["faults"]])


def _revive(cell):
    return Odd(**cell) if isinstance(cell, dict) else cell
