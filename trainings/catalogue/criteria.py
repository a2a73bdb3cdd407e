"""What a visitor asks of the catalogue, as it stands in the address; what makes no sense there is left out."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.http import urlencode

from .facets import FACETS, MONTH
from .snapshot import Snapshot

LONGEST_SEARCH = 100
MONTH_PATTERN = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
DAY_PATTERN = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
BY_DATE, BY_TITLE, BY_RELEVANCE = "datum", "titel", "relevantie"


# What an address leaves out of the criteria when it drops one of its parameters.
BLANK: dict[str, dict[str, Any]] = {
    "q": {"words": ""},
    "van": {"start": None},
    "tot": {"end": None},
    "plaatsen": {"with_seats": False},
    "sorteer": {"sort": ""},
}


@dataclass(frozen=True)
class Criteria:
    """The chosen values per facet, the words, the period, whether there must be seats, and the order."""

    chosen: dict[str, tuple[str, ...]]
    words: str = ""
    start: date | None = None
    end: date | None = None
    with_seats: bool = False
    sort: str = ""

    @property
    def whenever(self) -> bool:
        """Whether no period is asked for."""
        return not (self.start or self.end)

    @property
    def is_empty(self) -> bool:
        """Whether everything fits."""
        return self.whenever and not (self.chosen or self.words or self.with_seats)

    @property
    def order(self) -> str:
        """The order in use: what fits the words best stands first, unless another order is asked for."""
        return self.sort or (BY_RELEVANCE if self.words else BY_DATE)

    @property
    def query(self) -> str:
        """The one way to write these criteria in an address, without the question mark."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [(name, day.isoformat()) for name, day in (("van", self.start), ("tot", self.end)) if day]
        pairs += [("plaatsen", "1")] if self.with_seats else []
        pairs += [("sorteer", self.sort)] if self.sort else []
        return urlencode(pairs)

    def without(self, name: str, value: str = "") -> "Criteria":
        """The same, less one value of a facet, or less one of the others by its name in the address."""
        if name in self.chosen:
            left = tuple(item for item in self.chosen[name] if item != value)
            rest = {key: values for key, values in self.chosen.items() if key != name}
            return replace(self, chosen=_ordered(rest | ({name: left} if left else {})))
        return replace(self, **BLANK.get(name, {}))

    def with_month(self, month: str) -> "Criteria":
        """The same for one month, as the calendar shows it."""
        return replace(self, chosen=_ordered(self.chosen | {MONTH: (month,)}), start=None, end=None)

    def without_dates(self) -> "Criteria":
        """The same, whatever the date."""
        return replace(self, chosen={name: values for name, values in self.chosen.items() if name != MONTH}, start=None, end=None)


def read(data, snapshot: Snapshot) -> Criteria:
    """The criteria in the parameters of an address."""
    chosen = {}
    for facet in FACETS:
        known = {value for value, _label in facet.choices(snapshot)}
        asked = dict.fromkeys(data.getlist(facet.name)[:50])
        values = tuple(value for value in asked if value in known or (facet.name == MONTH and MONTH_PATTERN.fullmatch(value)))
        if values:
            chosen[facet.name] = values
    start, end = _day(data.get("van")), _day(data.get("tot"))
    if start and end and end < start:
        end = None
    sort = data.get("sorteer") if data.get("sorteer") in (BY_DATE, BY_TITLE) else ""
    return Criteria(chosen, words(data.get("q")), start, end, data.get("plaatsen") == "1", sort)


def words(text: str | None) -> str:
    """What was searched for, on one line and of a reasonable length."""
    printable = "".join(character if character.isprintable() else " " for character in text or "")
    return " ".join(printable.split())[:LONGEST_SEARCH].strip()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and DAY_PATTERN.fullmatch(text) else None
    except ValueError:
        return None


def _ordered(chosen: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {facet.name: chosen[facet.name] for facet in FACETS if facet.name in chosen}
