"""What stands beside the results: the choices with their counts, and the choices made, each with a way to undo it."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .criteria import BY_DATE, BY_RELEVANCE, BY_TITLE, Criteria
from .facets import FACETS, MONTH, month_name
from .markup import fill
from .results import SEATS, Results
from .snapshot import Snapshot

ALWAYS_OPEN = {"thema", "sector", MONTH}


BOX = """<label class="check"><input type="checkbox" name="{name}" value="{value}"{state}>{label} \
<span class="count">{count}</span></label>"""
CHECKED, DISABLED = mark_safe(" checked"), mark_safe(" disabled")


class Option(NamedTuple):
    """One choice of a facet; a choice that leads nowhere cannot be made, but can be undone."""

    value: str
    label: str
    number: int
    chosen: bool

    def html(self, name: str) -> SafeString:
        """The choice as a box to tick; written here because a page has fifty of them."""
        state = CHECKED if self.chosen else "" if self.number else DISABLED
        return fill(BOX, name=name, value=self.value, state=state, label=self.label, count=self.number)


@dataclass(frozen=True)
class Group:
    """A facet with its choices, open or folded."""

    name: str
    label: str | Promise
    options: list[Option]
    open: bool

    @property
    def html(self) -> SafeString:
        """The boxes of all choices."""
        return mark_safe("".join(option.html(self.name) for option in self.options))  # noqa: S308 made by fill


class Chip(NamedTuple):
    """One choice made, and the criteria without it."""

    label: str
    without: Criteria


def groups(snapshot: Snapshot, criteria: Criteria, results: Results, leave_out=()) -> list[Group]:
    """The facets in their order, with how many trainings each choice would show."""
    found = []
    for facet in FACETS:
        chosen = criteria.chosen.get(facet.name, ())
        counts = results.counts[facet.name]
        options = [
            Option(value, _capital(str(label)), counts.get(value, 0), value in chosen) for value, label in facet.choices(snapshot)
        ]
        if facet.name not in leave_out and (len(options) > 1 or chosen):
            found.append(Group(facet.name, facet.label, options, bool(chosen) or facet.name in ALWAYS_OPEN))
    return found


def orders(criteria: Criteria) -> list[dict]:
    """The orders to choose from; how well the words fit is one when there are words."""
    found = [(BY_RELEVANCE, _("Best match"))] if criteria.words else []
    found += [(BY_DATE, _("By date")), (BY_TITLE, _("By title"))]
    default = found[0][0]
    return [
        {"label": label, "current": name == criteria.order, "query": replace(criteria, sort="" if name == default else name).query}
        for name, label in found
    ]


def seats_box(criteria: Criteria, results: Results) -> SafeString:
    """The choice to see only what has a seat left."""
    return Option("1", _("Only with seats left"), results.counts[SEATS].get("1", 0), criteria.with_seats).html(SEATS)


def chips(snapshot: Snapshot, criteria: Criteria) -> list[Chip]:
    """Everything that was chosen, in the order of the page."""
    found = [Chip(f"“{criteria.words}”", criteria.without("q"))] if criteria.words else []
    for facet in FACETS:
        names = dict(facet.choices(snapshot))
        for value in criteria.chosen.get(facet.name, ()):
            label = names.get(value) or month_name(value)
            found.append(Chip(_capital(str(label)), criteria.without(facet.name, value)))
    for name, moment, words in (("van", criteria.start, _("From %(day)s")), ("tot", criteria.end, _("Until %(day)s"))):
        if moment:
            found.append(Chip(words % {"day": date_format(moment, "j F Y")}, criteria.without(name)))
    if criteria.with_seats:
        found.append(Chip(_("Only with seats left"), criteria.without(SEATS)))
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
