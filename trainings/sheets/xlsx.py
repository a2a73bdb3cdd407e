"""The attendance workbook: a sheet to print for each session, and all of it as flat data."""

from math import ceil

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from shared.workbook import FONT, Book, cell, characters, clean, points

from . import paper, rows
from .facts import AttendanceSheet, Person, facts
from .paper import NAMES
from .styles import QUIET, STYLES

FIRST_SIGNING = NAMES + 1
CODE_WIDTH = 45


def write(sessions, file, *, single: bool) -> None:
    """The workbook of these sessions; a single one's sheet is called what it is, more are told apart by their code."""
    with Book() as book:
        styles = {name: book.style(f"EXPO-R list {name}", **parts) for name, parts in STYLES.items()}
        table = book.table(_("Data"), rows.columns())
        for session in rows.loaded(sessions):
            sheet = facts(session)
            page = book.sheet(_("Attendance list") if single else sheet.code, before=table.sheet)
            _PrintedSheet(page, sheet, styles).write()
            for row in rows.flat(session):
                table.append(row)
        book.save(file)


class _PrintedSheet:
    """One sheet being written, row after row."""

    def __init__(self, page, sheet: AttendanceSheet, styles: dict):
        self.sheet, self.facts, self.styles = page, sheet, styles
        self.wide, self.layout = paper.widths(len(sheet.signings)), paper.layout(sheet)
        self.columns = NAMES + len(sheet.signings)
        # A row is on the disk before the next one comes, so that one empty cell of a style can stand in many places.
        self.blanks = {name: cell(page, "", style) for name, style in styles.items()}
        self.row = 0

    def write(self) -> None:
        self._set_up()
        self._title()
        self._when_where_who()
        self._heading()
        for person in self.facts.people:
            self._person(person)
        self._spare()
        self.sheet.close()
        # Heights are on the disk now; keeping them for every session of a year would not stay small.
        self.sheet.row_dimensions.clear()

    def _set_up(self) -> None:
        wide = self.wide
        measures = [paper.NUMBER, wide.family_name, wide.first_name, wide.organisation]
        for number, width in enumerate(measures + [wide.signing] * len(self.facts.signings), 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = characters(width)
        self.sheet.sheet_view.showGridLines = False
        self.sheet.print_options.horizontalCentered = True
        foot = self.sheet.oddFooter
        foot.left.text = _foot_text(" · ".join(text for text in (self.facts.name, self.facts.legend) if text))
        # Each list counts its own pages. The program's own total is that of all that is printed at once, also of the data.
        foot.right.text = _("page %(number)s of %(total)s") % {"number": "&P", "total": self.layout.pages}
        self.sheet.page_setup.firstPageNumber, self.sheet.page_setup.useFirstPageNumber = 1, True
        for part in (foot.left, foot.right):
            part.font, part.size, part.color = f"{FONT},Regular", 9, QUIET

    def _title(self) -> None:
        sheet = self.facts
        eyebrow = " · ".join(text for text in (_("Attendance list"), sheet.state) if text)
        code = self.columns + 1 - min(len(sheet.signings), ceil(CODE_WIDTH / self.wide.signing))
        self._add(paper.EYEBROW, {1: (eyebrow, "eyebrow"), code: (_("Session"), "code label")})
        self._merge(1, code - 1)
        self._merge(code, self.columns)
        self._add(paper.title_lines(sheet) * paper.TITLE_LINE, {1: (sheet.training, "title"), code: (sheet.code, "code")})
        self._merge(1, code - 1)
        self._merge(code, self.columns)

    def _when_where_who(self) -> None:
        sheet = self.facts
        trainer_at, signature_at = self._places_of_trainer()
        labels = {1: _("When and where"), trainer_at: _("Given by"), signature_at: _("Signature of the trainer")}
        self._add(paper.LABEL, {column: (text, "label") for column, text in labels.items()}, others="label")
        told = "\n".join((*sheet.when, *sheet.where))
        trainers = sheet.trainers or ("",)
        for trainer in trainers:
            values = {1: (told, "facts"), trainer_at: (trainer, "trainer")}
            self._add(paper.SIGNATURE, values, others="trainer signature", others_from=signature_at)
            self._merge(trainer_at, signature_at - 1)
            self._merge(signature_at, self.columns)
            told = ""
        self._add(paper.facts_height(sheet, self.wide) - paper.SIGNATURE * len(trainers), {})
        self._merge(1, trainer_at - 1, rows=len(trainers) + 1)

    def _places_of_trainer(self) -> tuple[int, int]:
        # One wide column to sign in leaves no room beside it; of more columns the trainer gets half.
        if len(self.facts.signings) == 1:
            return NAMES, FIRST_SIGNING
        return FIRST_SIGNING, FIRST_SIGNING + len(self.facts.signings) // 2

    def _heading(self) -> None:
        titles = [_("No."), _("Family name"), _("First name"), _("Organisation")]
        values = {column: (text, "heading") for column, text in enumerate(titles, 1)}
        values[1] = (titles[0], "number heading")
        for column, signing in enumerate(self.facts.signings, FIRST_SIGNING):
            values[column] = (paper.signing_heading(signing, self.wide), "signing heading")
        self._add(paper.heading_height(self.facts), values)
        self.sheet.print_title_rows = f"{self.row}:{self.row}"
        # Said to the program, so that pages end where they were counted whatever fonts it has.
        for rows_before in self.layout.breaks:
            self.sheet.row_breaks.append(Break(self.row + rows_before))

    def _person(self, person: Person) -> None:
        values = {
            1: (person.number, "walk-in" if person.walk_in else "number"),
            2: (person.family_name, "family name"),
            3: (person.first_name, "person"),
            4: (person.organisation, "person"),
        }
        self._add(paper.row_height(person, self.wide), values, others="signing")

    def _spare(self) -> None:
        invitation = _("Not on the list? Write your name and organisation below.")
        self._add(paper.BAND, {1: (invitation, "band")}, others="band")
        self._merge(1, self.columns)
        blank = dict.fromkeys(range(1, FIRST_SIGNING), ("", "person"))
        for _number in range(self.layout.spare_rows):
            self._add(paper.ROW / self.wide.shrink, blank, others="signing")

    def _add(self, height: float, values: dict[int, tuple], *, others: str = "", others_from: int = 1) -> None:
        """A row of this height; `values` holds value and style by column, `others` is the style of other columns."""
        self.row += 1
        self.sheet.row_dimensions[self.row].height = points(height)
        blank = [self.blanks.get(others if column >= others_from else "") for column in range(1, self.columns + 1)]
        for column, (value, style) in values.items():
            blank[column - 1] = cell(self.sheet, value, self.styles[style], "number") if value != "" else self.blanks[style]
        self.sheet.append(blank)

    def _merge(self, first: int, last: int, *, rows: int = 1) -> None:
        if last > first or rows > 1:
            top = self.row + 1 - rows
            self.sheet.merged_cells.add(f"{get_column_letter(first)}{top}:{get_column_letter(last)}{self.row}")


def _foot_text(text: str) -> str:
    """At most 200 characters, since a foot holds 255 with its codes; an ampersand would begin a code."""
    return clean(text).replace("\n", " ")[:200].replace("&", "&&")
