"""What a cell can hold, by kind: how a value is written into it, and how what stands in it is read back.

`write` makes the text or number of a cell; `read` makes the value of a field, or says with `Wrong` what would be right.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.blocks import GoalBlock, ProgrammePartBlock
from trainings.catalogue.wording import price

from . import rich_text

FILE_LANGUAGE = "nl"
YES, NO = ("ja", "j", "yes", "y", "x", "waar", "true", "1"), ("nee", "n", "no", "neen", "onwaar", "false", "0", "")
SHOWN = 60


class Wrong(Exception):
    """What stands in a cell does not fit; the text says what would."""


def tidy(cell: Any) -> str:
    """What stands in a cell as text, with one sort of line end and no spaces at the ends of lines."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES[0] if cell else NO[0]
    if isinstance(cell, (float, Decimal)) and cell % 1 == 0:
        cell = int(cell)
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def shown(text: str) -> str:
    """What somebody typed, short enough to repeat in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def parts_of(text: str) -> list[str]:
    """A list in a cell: one a line, or with `; ` between them."""
    parts = text.split("\n" if "\n" in text else ";")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


class Line:
    """A text on one line."""

    def write(self, value, names) -> Any:
        return tidy(value)

    def read(self, cell, names) -> Any:
        return " ".join(tidy(cell).split())


class Code(Line):
    """The code of a training, by which a row knows its training."""

    def read(self, cell, names):
        return "".join(tidy(cell).split()).upper()


class Lines(Line):
    """A text that may have more than one line."""

    def read(self, cell, names):
        return tidy(cell)


class Html(Line):
    """A text with paragraphs and lists, which the site keeps as HTML."""

    def write(self, value, names):
        return rich_text.as_text(value or "")

    def read(self, cell, names):
        return rich_text.as_html(tidy(cell))


@dataclass(frozen=True)
class Number:
    """A whole number."""

    smallest: int = 0
    largest: int = 32_767

    def write(self, value, names):
        return value

    def read(self, cell, names):
        text = tidy(cell)
        if not re.fullmatch(r"[0-9]{1,6}", text) or not self.smallest <= int(text) <= self.largest:
            raise Wrong(_("A whole number from %(smallest)s to %(largest)s is expected here.") % vars(self))
        return int(text)


class Money:
    """An amount in euro."""

    def write(self, value, names):
        return value

    def read(self, cell, names):
        text = tidy(cell).lower().removeprefix("€").strip().replace(",", ".")
        if text in ("gratis", "free"):
            return Decimal(0)
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount < 100_000 or amount != round(amount, 2):
            raise Wrong(_("An amount in euro is expected here, such as 0, 45 or 12,50."))
        return round(amount, 2)

    def say(self, cell: str) -> str:
        """As on the site: `gratis`, `€ 12,50`."""
        return price(Decimal(cell)) if cell else ""


class YesNo:
    """Ja or nee."""

    def write(self, value, names):
        return YES[0] if value else NO[0]

    def read(self, cell, names):
        text = tidy(cell).lower()
        if text not in YES + NO:
            raise Wrong(_("Ja or nee is expected here."))
        return text in YES


@dataclass(frozen=True)
class Choice:
    """One of a few words; the words of the other language and the code's own are understood as well."""

    choices: Any

    def words(self) -> list[str]:
        """The words as the file has them."""
        with override(FILE_LANGUAGE):
            return [str(label) for label in self.choices.labels]

    def write(self, value, names):
        return dict(zip(self.choices.values, self.words(), strict=True)).get(value, value)

    def read(self, cell, names):
        text = " ".join(tidy(cell).split()).casefold()
        with override("en"):
            english = [str(label) for label in self.choices.labels]
        for words in (self.words(), english, self.choices.values):
            for value, word in zip(self.choices.values, words, strict=True):
                if word.casefold() == text:
                    return value
        raise Wrong(_("“%(text)s” is not one of the words for this: %(words)s.") % {
            "text": shown(text), "words": ", ".join(self.words())
        })  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Several rows of another list (`rows` is its name), by their names; the value is a list of these rows."""

    rows: str

    def write(self, value, names):
        return "; ".join(name for name, row in names[self.rows].items() if row in value)

    def read(self, cell, names):
        known: Mapping[str, Any] = {name.casefold(): row for name, row in names[self.rows].items()}
        rows = []
        for part in parts_of(tidy(cell)):
            if part.casefold() not in known:
                raise Wrong(self._unknown(part, list(names[self.rows])))
            rows.append(known[part.casefold()])
        return list(dict.fromkeys(rows))

    def _unknown(self, part: str, known: list[str]) -> str:
        by_case = {name.casefold(): name for name in known}
        near = get_close_matches(part.casefold()[:SHOWN], by_case, n=1, cutoff=0.6)
        if near:
            return _("“%(text)s” is not known. Do you mean “%(near)s”?") % {"text": shown(part), "near": by_case[near[0]]}
        if len(known) > 15:
            return _("“%(text)s” is not known. The sheet “Lijsten” of the template has the names.") % {"text": shown(part)}
        return _("“%(text)s” is not known. These are: %(names)s.") % {"text": shown(part), "names": "; ".join(known) or "–"}


class Goals:
    """What somebody can do afterwards, one goal a line."""

    block = GoalBlock()

    def write(self, value, names):
        return "\n".join(tidy(goal.value) for goal in value)

    def read(self, cell, names):
        return [("goal", goal) for goal in parts_of(tidy(cell))]


class Programme:
    """The parts of the day, one a line: `30 | Titel | tekst`. A line without a length belongs to the text above it."""

    block = ProgrammePartBlock()
    PART = re.compile(r"([0-9]{1,4})\s*\|([^|\n]*)(?:\|(.*))?", re.DOTALL)

    def write(self, value, names):
        return "\n".join(self._line(part.value) for part in value)

    def _line(self, part) -> str:
        pieces = [str(part["minutes"]), part["title"], part["text"]]
        return " | ".join(tidy(piece) for piece in pieces if tidy(piece))

    def read(self, cell, names):
        parts: list[str] = []
        for line in tidy(cell).split("\n"):
            if self.PART.match(line.strip()):
                parts.append(line.strip())
            elif parts:
                parts[-1] += f"\n{line.strip()}"
            elif line.strip():
                raise Wrong(self._expected(line))
        return [("part", self._part(part)) for part in parts]

    def _part(self, line: str) -> dict:
        found = self.PART.fullmatch(line)
        if not found or not found[2].strip():
            raise Wrong(self._expected(line))
        part = {"title": found[2].strip(), "minutes": int(found[1]), "text": (found[3] or "").strip()}
        for name, block in self.block.child_blocks.items():
            try:
                block.clean(part[name])
            except ValidationError as error:
                raise Wrong(f"“{shown(line)}”: {' '.join(error.messages)}") from error
        return part

    def _expected(self, line: str) -> str:
        return _(
            "“%(text)s” is no part of a programme. Write the minutes, the title and the text so: 30 | Welkom | Wie is wie?"
        ) % {"text": shown(line)}
