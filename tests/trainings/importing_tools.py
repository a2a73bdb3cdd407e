"""What the tests of the import share: workbooks with trainings, and what they say compared with the catalogue."""

import io

from openpyxl import Workbook

from shared.uploads import UploadedRow, UploadedSheet
from trainings.importing.columns import BY_FIELD, SHEET
from trainings.importing.compare import Comparison, compare
from trainings.importing.export import write_catalogue
from trainings.importing.parse import CatalogueRows, rows_of

NEW = {
    "code": "V40",
    "title": "Rust in de groep",
    "summary": "Je kiest een eerste stap.",
    "kind": "training",
    "themes": "Polarisering",
    "sectors": "Onderwijs",
    "level": "basis",
    "duration_minutes": 180,
    "days": 1,
    "parts_per_day": 1,
    "format": "on_site",
    "language": "nl",
    "trainer_kind": "team",
    "group_min": 8,
    "group_max": 16,
    "price": 0,
    "offer": "both",
    "introduction": "Een groep onder spanning.\n\n- kijken\n- luisteren",
    "goals": "Je kijkt.\nJe luistert.",
    "programme": "60 | Kijken | We kijken.\n120 | Luisteren",
}


def workbook_of(*trainings: dict, columns=None, title: str = SHEET) -> io.BytesIO:
    """A workbook with a heading row and a row for each of these; without `columns` those of the first."""
    fields = list(columns or trainings[0])
    book = Workbook()
    book.active.title = title
    book.active.append(heading_row(fields))
    for training in trainings:
        book.active.append([training.get(field) for field in fields])
    return saved(book)


def saved(book: Workbook) -> io.BytesIO:
    """This workbook as a file, at its beginning."""
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def rows(*trainings: dict, columns=None) -> CatalogueRows:
    """The rows of such a workbook, without the detour over a file."""
    fields = list(columns or trainings[0])
    cells = [heading_row(fields), *([training.get(field) for field in fields] for training in trainings)]
    return rows_of([UploadedSheet(SHEET, [UploadedRow(number, row) for number, row in enumerate(cells, 1)])])


def heading_row(fields: list[str]) -> list[str]:
    """The headings of these fields; what is no field stands as it is."""
    return [BY_FIELD[field].heading if field in BY_FIELD else field for field in fields]


def compared(*trainings: dict, columns=None) -> Comparison:
    """What such a workbook would change."""
    return compare(rows(*trainings, columns=columns))


def faults(comparison: Comparison) -> list[tuple]:
    """Where the faults are, and what they say."""
    return [(fault.row, fault.column, fault.heading, fault.text) for fault in comparison.faults]


def differences(comparison: Comparison) -> list[tuple]:
    """What changes: code, whether it is new, and per field the old and the new text."""
    return [
        (change.code, change.is_new, [(one.column.field, one.old, one.new) for one in change.differences])
        for change in comparison.changes
    ]


def exported() -> io.BytesIO:
    """The catalogue as a workbook."""
    file = io.BytesIO()
    write_catalogue(file)
    file.seek(0)
    return file
