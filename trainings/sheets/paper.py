"""The measures of an A4 landscape sheet, in millimetres: widths of columns, heights of rows, and how many rows to add."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from .facts import AttendanceSheet, Person, Signing

WIDTH, HEIGHT = 257, 183
# Nine are wanted. Where the fonts are missing, a program takes the columns for a fifth wider and shrinks the sheet.
ROW, TALLEST_ROW = 10.5, 40
EYEBROW, TITLE_LINE, LABEL, FACT_LINE, SIGNATURE, GAP, BAND = 6, 9, 6.5, 5, 13, 4, 7.5
FEWEST_SPARE, MOST_SPARE = 2, 8
# A printer's own measures differ a little: this much of a page stays empty rather than that a row falls off.
SLACK = 6
# Number, family name, first name, organisation.
NAMES = 4
NUMBER, NARROWEST_NAMES, NARROWEST_WORD = 11, 78, 24
SIGNING_WIDTHS = {1: 82, 2: 58, 3: 45, 4: 35, 5: 29, 6: 25}


@dataclass(frozen=True)
class Widths:
    """How wide each column is; together no wider than the paper, up to nine day-parts."""

    family_name: float
    first_name: float
    organisation: float
    signing: float
    total: float

    @property
    def shrink(self) -> float:
        """What a spreadsheet makes of the sheet when it is wider than the paper."""
        return min(1, WIDTH / self.total)


@dataclass(frozen=True)
class Page:
    """A sheet as the template wants it, for the PDF and for the browser."""

    facts: AttendanceSheet

    @property
    def size(self) -> str:
        """How many columns there are to sign in, as a word for the style."""
        number = len(self.facts.signings)
        return next((word for most, word in ((1, "one"), (3, "few"), (6, "many")) if number <= most), "crowd")

    @property
    def columns(self) -> int:
        return NAMES + len(self.facts.signings)

    @property
    def signing_headings(self) -> list[str]:
        wide = widths(len(self.facts.signings))
        return [signing_heading(signing, wide) for signing in self.facts.signings]

    @property
    def spare_rows(self) -> range:
        return range(layout(self.facts).spare_rows)

    @property
    def numbering(self) -> list[str]:
        """What stands before, between and after the two numbers at the foot."""
        return (_("page %(number)s of %(total)s") % {"number": "\0", "total": "\0"}).split("\0")


def widths(day_parts: int) -> Widths:
    """Shares the width: signatures first, the rest for names and organisation."""
    signing = SIGNING_WIDTHS.get(day_parts) or max(18, 150 / day_parts)
    names = max(NARROWEST_NAMES, WIDTH - NUMBER - day_parts * signing)
    total = NUMBER + names + day_parts * signing
    return Widths(names * 0.33, names * 0.26, names * 0.41, signing, total)


def lines(text: str, width: float, letter: float = 1.65) -> int:
    """How many lines a text takes in so many millimetres, guessed on the safe side."""
    return sum(max(1, ceil(len(line) * letter / (width - 3))) for line in text.split("\n")) if text else 1


def row_height(person: Person, wide: Widths) -> float:
    """A row to sign in, taller for names that need more lines, and for a sheet that will be shrunk to fit."""
    needed = max(
        lines(person.family_name, wide.family_name, 2),
        lines(person.first_name, wide.first_name),
        lines(person.organisation, wide.organisation),
    )
    return min(TALLEST_ROW, max(ROW, needed * FACT_LINE + 0.8)) / wide.shrink


def title_lines(sheet: AttendanceSheet) -> int:
    """How many lines the title takes beside the code."""
    return lines(sheet.training, WIDTH - 60, 3.1)


def facts_height(sheet: AttendanceSheet, wide: Widths) -> float:
    """The block of dates, place and trainers under the title, and the gap below it."""
    room = NUMBER + wide.family_name + wide.first_name + (wide.organisation if len(sheet.signings) > 1 else 0)
    told = sum(lines(text, room) for text in (*sheet.when, *sheet.where))
    return max(told * FACT_LINE, max(1, len(sheet.trainers)) * SIGNATURE) + GAP


def signing_heading(signing: Signing, wide: Widths) -> str:
    """What stands above a column to sign in; a narrow one has no room for the word."""
    word = _("Signature") if wide.signing >= NARROWEST_WORD else ""
    return "\n".join(line for line in (word, signing.day, signing.time) if line)


def heading_height(sheet: AttendanceSheet) -> float:
    """The row that is repeated on each page."""
    return 14 if len(sheet.signings) > 1 else 9


@dataclass(frozen=True)
class Layout:
    """How many blank rows follow, and after how many rows of the list (people, invitation, blank rows) a page ends."""

    spare_rows: int
    breaks: tuple[int, ...]

    @property
    def pages(self) -> int:
        return len(self.breaks) + 1


def layout(sheet: AttendanceSheet) -> Layout:
    """Blank rows for who comes without a booking: what the last page holds, or a few on a page more."""
    wide = widths(len(sheet.signings))
    top = EYEBROW + title_lines(sheet) * TITLE_LINE + LABEL + facts_height(sheet, wide)
    page = (HEIGHT - SLACK) / wide.shrink - heading_height(sheet)
    left, breaks = page - top, []
    for before, height in enumerate([*(row_height(person, wide) for person in sheet.people), BAND]):
        if height > left:
            left = page
            breaks.append(before)
        left -= height
    fitting = int(left * wide.shrink // ROW)
    if fitting < FEWEST_SPARE:
        # A page that holds one blank row would be a waste of paper.
        return Layout(fitting + MOST_SPARE, (*breaks, len(sheet.people) + 1 + fitting))
    return Layout(min(fitting, MOST_SPARE) if breaks else fitting, tuple(breaks))
