"""Lists of names as people have them at hand: pasted text, or a workbook; read into rows for the form that gives names."""

import csv
import re
from collections.abc import Iterable

from shared.uploads import UploadedSheet

# How a first row may name its columns, in Dutch and English, in small letters.
HEADINGS = {
    "first_name": {"voornaam", "first name", "given name"},
    "family_name": {"familienaam", "achternaam", "naam", "family name", "last name", "surname"},
    "email": {"e-mail", "email", "e-mailadres", "mail", "mailadres", "e-mail address"},
    "function": {"functie", "function", "rol"},
}
QUOTED = re.compile(r'"[^"]*"')
ADDRESS = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")


def from_text(text: str) -> list[dict[str, str]]:
    """A person on each line: cells between tabs, semicolons or commas, quoted or not, or simply a name and an address."""
    return _rows(_cells(line) for line in text.splitlines())


def from_workbook(sheets: list[UploadedSheet]) -> list[dict[str, str]]:
    """A person on each row of the first sheet that has any."""
    sheet = next((sheet for sheet in sheets if sheet.rows), None)
    return _rows([_text(cell) for cell in row.cells] for row in sheet.rows) if sheet else []


def _rows(lines: Iterable[list[str]]) -> list[dict[str, str]]:
    filled = [cells for line in lines if any(cells := [cell.strip() for cell in line])]
    if not filled:
        return []
    order = _headings(filled[0])
    if order:
        return [{name: cells[at] for name, at in order.items() if at < len(cells)} for cells in filled[1:]]
    return [_person(cells) for cells in filled]


def _headings(cells: list[str]) -> dict[str, int]:
    """Which column holds what, when the first row says so; empty when it is somebody already."""
    named = {name: at for at, cell in enumerate(cells) for name, words in HEADINGS.items() if cell.lower() in words}
    return named if "family_name" in named or "first_name" in named else {}


def _cells(line: str) -> list[str]:
    """As a spreadsheet reads it: a separator between quotes is part of the cell."""
    # Line by line: a quote that nobody closed spoils its own line only.
    outside = QUOTED.sub("", line)
    separator = next((sign for sign in "\t;," if sign in outside), "\t")
    return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])


def _person(cells: list[str]) -> dict[str, str]:
    """Cells in the order of the columns; an address is known wherever it stands, and one cell with a whole name is split."""
    address = next((found[0] for cell in cells if (found := ADDRESS.search(cell))), "")
    rest = [bare for cell in cells if (bare := ADDRESS.sub("", cell).strip(" <>"))]
    if rest and (len(rest) == 1 or ADDRESS.search(cells[0])):
        rest = [*_split(rest[0]), *rest[1:]]
    names = dict(zip(("first_name", "family_name", "function"), rest, strict=False))
    return names | {"email": address}


def _split(name: str) -> tuple[str, str]:
    """First name and family name of a whole name; with a comma the family name stands first."""
    if "," in name:
        family, _comma, first = name.partition(",")
    else:
        first, _blank, family = name.partition(" ")
    return first.strip(), family.strip()


def _text(cell) -> str:
    return "" if cell is None else str(getattr(cell, "text", cell))
