"""The catalogue as a workbook in the very columns that an import reads, and the same without trainings as a template."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from shared import workbook

from .columns import COLUMNS, SHEET, Column
from .compare import Catalogue
from .kinds import Choice, Money, Names, Number, YesNo, tidy

EXPLANATION, LISTS = "Uitleg", "Lijsten"
# So far down the lists to choose from are offered; more rows are read all the same.
LAST_ROW = 500
LONGEST_PROMPT = 250
# In points; a row higher than this is hard to work in, and its texts can be read in the bar above the sheet.
LINE_HEIGHT, MOST_LINES = 13, 12


def write_catalogue(file) -> None:
    """The trainings on the site; read back unchanged, it changes nothing."""
    catalogue = Catalogue.load()
    pages = [page for page in catalogue.pages.values() if page.live]
    _write(file, catalogue, ([_cell(catalogue.cell(page, column)) for column in COLUMNS] for page in pages))


def write_template(file) -> None:
    """One made-up training as an example, to be replaced."""
    catalogue = Catalogue.load()
    _write(file, catalogue, iter([[_example(column, catalogue.names) for column in COLUMNS]]))


def _write(file, catalogue: Catalogue, rows: Iterator[list]) -> None:
    book = workbook.Book()
    table = book.table(SHEET, [_table_column(column) for column in COLUMNS])
    lists = _lists(catalogue.names)
    for at, column in enumerate(COLUMNS, 1):
        table.sheet.data_validations.append(_validation(column, at, lists))
    table.sheet.freeze_panes = "C2"
    for number, row in enumerate(rows, 2):
        _append(table, number, row)
    _explain(book, catalogue.names)
    _offer(book, lists)
    book.save(file)


def _append(table: workbook.Table, number: int, row: list) -> None:
    """Adds a row as high as its longest text needs; not every spreadsheet program finds that out by itself."""
    columns = zip(row, table.columns, strict=True)
    lines = max(sum(1 + int(len(line) / column.width) for line in str(value).split("\n")) for value, column in columns)
    table.sheet.row_dimensions[number].height = LINE_HEIGHT * min(lines, MOST_LINES) + 2
    table.append(row)


def _table_column(column: Column) -> workbook.Column:
    kind = "number" if isinstance(column.kind, (Number, Money)) else "text"
    return workbook.Column(column.heading, column.width, kind, wrap=kind == "text")


def _cell(value: Any) -> Any:
    return value if isinstance(value, int) or hasattr(value, "as_tuple") else tidy(value)


def _example(column: Column, names: dict) -> Any:
    if isinstance(column.kind, Choice):
        return column.kind.words()[0]
    if isinstance(column.kind, Names) and column.required:
        return "; ".join(list(names[column.kind.rows])[:2])
    return column.example


def _lists(names: dict) -> dict[str, list[str]]:
    """What can be chosen, by the heading of the column where one chooses it."""
    lists = {}
    for column in COLUMNS:
        if isinstance(column.kind, Choice):
            lists[column.heading] = column.kind.words()
        elif isinstance(column.kind, Names):
            lists[column.heading] = list(names[column.kind.rows])
        elif isinstance(column.kind, YesNo):
            lists[column.heading] = [column.kind.write(True, {}), column.kind.write(False, {})]
    return lists


def _validation(column: Column, at: int, lists: dict[str, list[str]]) -> DataValidation:
    letter = get_column_letter(at)
    rule = DataValidation(sqref=f"{letter}2:{letter}{LAST_ROW}", allow_blank=True, showInputMessage=True)
    rule.promptTitle, rule.prompt = column.heading[:30], str(column.help)[:LONGEST_PROMPT]
    if isinstance(column.kind, Number):
        rule.type, rule.operator = "whole", "between"
        rule.formula1, rule.formula2 = str(column.kind.smallest), str(column.kind.largest)
    elif column.heading in lists:
        place = get_column_letter(list(lists).index(column.heading) + 1)
        rule.type, rule.formula1 = "list", f"{LISTS}!${place}$2:${place}${max(2, len(lists[column.heading]) + 1)}"
    # Several names in one cell are right, so a list of names advises and does not forbid.
    rule.showErrorMessage = isinstance(column.kind, (Number, Choice, YesNo))
    rule.errorTitle, rule.error = column.heading[:30], str(column.help)[:LONGEST_PROMPT]
    return rule


def _explain(book: workbook.Book, names: dict) -> None:
    columns = [
        workbook.Column(_("Column"), 24),
        workbook.Column(_("Must be filled in"), 14),
        workbook.Column(_("What stands in it"), 60, wrap=True),
        workbook.Column(_("Example"), 60, wrap=True),
    ]
    table = book.table(EXPLANATION, columns, filter=False)
    for number, column in enumerate(COLUMNS, 2):
        required = _("yes") if column.required else _("no")
        _append(table, number, [column.heading, required, str(column.help), tidy(_example(column, names))])
    sentences = (
        _("The code decides: a code that the site knows changes that training, a new code makes a new training."),
        _("A training that is not in the file stays as it is. A column that you leave out stays as it is too."),
        _("First you see what would change. Nothing is written before you confirm, and never when a row is wrong."),
    )
    for number, sentence in enumerate(sentences, len(COLUMNS) + 2):
        _append(table, number, ["", "", sentence, ""])


def _offer(book: workbook.Book, lists: dict[str, list[str]]) -> None:
    table = book.table(LISTS, [workbook.Column(heading, 28) for heading in lists], filter=False)
    for at in range(max(len(words) for words in lists.values())):
        table.append([words[at] if at < len(words) else "" for words in lists.values()])
