"""Reads a workbook from standard input and writes its rows as JSON lines; run by `shared.uploads` as a process of its own.

It knows nothing of the site. It puts a ceiling on itself first, looks at every part of the workbook as plain XML,
and only then lets openpyxl read it. Refusals are lines too: {"refused": "far", "where": "Blad1!A1048576"}.
"""

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

MEGABYTE = 1024 * 1024
MEMORY = 512 * MEGABYTE
CPU_SECONDS = 5
LAST_ROW = 5_001
LAST_COLUMN = 100
MAX_CHARACTERS = 10_000_000
CELL_CHARACTERS = 32_767
# What a sheet is mostly made of is cheap to read; of everything else (styles, rules, names) openpyxl makes objects one by one.
CHEAP = {"row", "c", "v", "f", "is", "si", "t"}
MAX_CHEAP = 200_000
MAX_DEAR = 20_000
MAX_DEPTH = 40
MAX_SHEETS = 50
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPED = re.compile("_x(005F|000D)_")
ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
NOT_READ = ("customxml/", "docprops/", "xl/drawings/", "xl/charts/", "xl/chartsheets/", "xl/comments", "xl/threadedcomments/")
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
FORBIDDEN_TYPES = {b"vbaproject": "macros", b"macroenabled": "macros", b"externallink+xml": "links", b"connections+xml": "links"}


class Refused(Exception):
    """The workbook is not read further; `code` is one of the reasons of `shared.uploads`."""

    def __init__(self, code: str, where: str = ""):
        self.code = code
        self.where = where


def limit() -> None:
    """Ceilings that hold whatever the file makes us do: memory, time, files written, no core dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * MEGABYTE, 64 * MEGABYTE))


class Look:
    """One part of the workbook seen as plain XML: how much is in it, where its formulas stand, whether a cell lies far away."""

    def __init__(self, budget: dict[str, int]):
        self.budget = budget
        self.formulas: dict[int, set[int]] = {}
        self.depth = self.row = self.column = 0
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        # A document type is how entities come in, and no workbook has one.
        self.parser.StartDoctypeDeclHandler = self._doctype

    def at(self, data: bytes) -> "Look":
        """Looks through the whole part."""
        # One encoding only: what we look at must be what openpyxl sees.
        head = data[:200].lower()
        if b"\x00" in head or (b"encoding" in head.split(b"?>")[0] and b"utf-8" not in head.split(b"?>")[0]):
            raise Refused("damaged")
        self.parser.Parse(data, True)
        return self

    def _doctype(self, *args) -> None:
        raise Refused("damaged")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.depth += 1
        kind = "cheap" if name in CHEAP else "dear"
        self.budget[kind] -= 1
        if self.budget[kind] < 0:
            raise Refused("too_much")
        if self.depth > MAX_DEPTH:
            raise Refused("damaged")
        if name == "row":
            self._enter_row(attributes)
        elif name == "c":
            self._enter_cell(attributes)
        elif name in ("v", "f", "is"):
            self._enter_value(name)

    def _end(self, name: str) -> None:
        self.depth -= 1

    def _enter_row(self, attributes: dict[str, str]) -> None:
        before, self.column = self.row, 0
        number = attributes.get("r", str(self.row + 1))
        if not ROW_NUMBER.fullmatch(number) or int(number) <= before:
            # openpyxl would pass over a row that stands out of order.
            raise Refused("damaged")
        self.row = int(number)

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        if "r" not in attributes:
            self.column += 1
            return
        reference = REFERENCE.fullmatch(attributes["r"])
        if not reference or int(reference[2]) != self.row:
            raise Refused("damaged")
        self.column = column_number(reference[1])

    def _enter_value(self, name: str) -> None:
        # A far cell that was only painted does no harm; it is left out.
        if self.row > LAST_ROW or self.column > LAST_COLUMN:
            raise Refused("far", f"{column_letters(self.column)}{self.row}")
        if name == "f":
            self.formulas.setdefault(self.row, set()).add(self.column)


def look_through(file) -> tuple[dict[str, Look], io.BytesIO]:
    """Every part that matters looked at within one budget, and a workbook of just these parts: openpyxl sees nothing else."""
    budget = {"cheap": MAX_CHEAP, "dear": MAX_DEAR}
    looks, seen = {}, io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(seen, "w") as copy:
        for name in archive.namelist():
            if not name.lower().endswith((".xml", ".rels")) or name.lower().startswith(NOT_READ):
                continue
            data = archive.read(name)
            looks[name] = Look(budget).at(data)
            copy.writestr(name, data)
            if name.lower() == "[content_types].xml":
                _forbid(data.lower())
    seen.seek(0)
    return looks, seen


def _forbid(types: bytes) -> None:
    for mark, code in FORBIDDEN_TYPES.items():
        if mark in types:
            raise Refused(code)


def lines(file):
    """What standard output gets, line by line."""
    looks, seen = look_through(file)
    room = MAX_CHARACTERS
    for sheet in sheets_of(seen):
        yield {"sheet": sheet.title}
        formulas = looks[sheet._worksheet_path].formulas
        rows = sheet.iter_rows(min_row=1, max_row=LAST_ROW, min_col=1, max_col=LAST_COLUMN, values_only=True)
        for number, values in enumerate(rows, 1):
            cells = row_of(values, formulas.get(number, ()))
            room -= sum(len(cell) for cell in cells if isinstance(cell, str))
            if room < 0:
                raise Refused("too_much")
            if cells:
                yield [number, cells]
    yield {"end": True}


def sheets_of(seen: io.BytesIO) -> list:
    """The sheets, each part of the workbook once; nothing of their rows is read yet."""
    from openpyxl import load_workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    # It would read through every sheet for a size that it need not know: we say ourselves how far to read.
    ReadOnlyWorksheet._get_size = lambda sheet: None
    sheets = load_workbook(seen, read_only=True, data_only=True, keep_links=False).worksheets
    if not sheets or len({sheet._worksheet_path for sheet in sheets}) < len(sheets):
        raise Refused("damaged")
    if len(sheets) > MAX_SHEETS:
        raise Refused("too_much")
    return sheets


def row_of(values: tuple, formulas) -> list:
    """A row as plain values, without the empty cells at its end."""
    if not formulas and values.count(None) == len(values):
        return []
    cells = [{"kind": "formula"} if column in formulas else plain(value) for column, value in enumerate(values, 1)]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells


def plain(value):
    """A cell as JSON can say it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return words(value)
    if isinstance(value, (datetime, date, time, timedelta)):
        return {"kind": "date", "text": str(value)}
    return value if abs(value) < 1e15 else {"kind": "error", "text": str(value)[:40]}


def words(text: str):
    """A text with the escapes of workbooks undone; an error of the spreadsheet program arrives as a text too."""
    text = ESCAPED.sub(lambda escape: "_" if escape[1] == "005F" else "\r", text)
    if text in ERRORS:
        return {"kind": "error", "text": text}
    return {"kind": "long", "text": text[:40]} if len(text) > CELL_CHARACTERS else text


def column_number(letters: str) -> int:
    """`AB` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """28 → `AB`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def main() -> None:
    """Answers with rows, or with one line that says why not; never with a traceback of what the file holds."""
    limit()
    try:
        for line in lines(sys.stdin.buffer):
            sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")
    except Refused as refused:
        sys.stdout.write(json.dumps({"refused": refused.code, "where": refused.where}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": "too_much", "where": ""}) + "\n")
    # A hostile file breaks the parser in ways that nobody can list, and each of them means the same.
    except Exception:
        sys.stdout.write(json.dumps({"refused": "damaged", "where": ""}) + "\n")


if __name__ == "__main__":
    main()
