"""What an import would change: per training the old and the new text of every field, without writing anything."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Revision

from trainings.models import TrainingPage

from . import rich_text
from .columns import COLUMNS, Column, names
from .kinds import Wrong, tidy
from .parse import MAX_FAULTS, CatalogueRow, CatalogueRows, Fault, code_of, value_of
from .words import old_and_new

LISTS = [column.field for column in COLUMNS if column.is_list]
PLAIN = [column.field for column in COLUMNS if not column.is_list]


@dataclass(frozen=True)
class Difference:
    """One field that becomes something else; both as the file writes them."""

    column: Column
    old: str
    new: str
    note: str = ""

    @property
    def pieces(self):
        """Old and new text as pieces, with what differs marked."""
        return old_and_new(self.column.say(self.old), self.said)

    @property
    def said(self) -> str:
        """The new text as people write it."""
        return self.column.say(self.new)


@dataclass
class Change:
    """What one row does: makes a training, or changes some of its fields."""

    row: int
    page: TrainingPage
    is_new: bool
    values: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The code of the training."""
        return str(self.values.get("code", self.page.code))

    @property
    def title(self) -> str:
        """The title as it will be."""
        return str(self.values.get("title", self.page.title))


@dataclass
class Comparison:
    """The whole file held against the catalogue."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: list[TrainingPage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def added(self) -> int:
        """How many trainings are made."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many trainings are changed."""
        return len(self.changes) - self.added

    @property
    def fingerprint(self) -> str:
        """The same for the same differences: who confirms, confirms these and no others."""
        said = [
            [change.code, change.is_new, [[one.column.field, one.old, one.new] for one in change.differences]]
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass
class Catalogue:
    """The trainings as they are now, with what their lists hold, in as many queries for one as for a hundred."""

    pages: dict[str, TrainingPage]
    lists: dict[str, dict[int, list]]
    names: dict[str, dict[str, Any]]
    scheduled: set[str]

    @classmethod
    def load(cls, *, lock: bool = False) -> "Catalogue":
        """Everything that a comparison needs; with `lock` nobody else changes a training until the transaction ends."""
        pages = TrainingPage.objects.order_by("code")
        if lock:
            pages = pages.select_for_update()
        known = names()
        lists = {name: _members(name, known[name]) for name in LISTS}
        to_come = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
        return cls({page.code: page for page in pages}, lists, known, set(to_come))

    def value(self, page: TrainingPage, field: str) -> Any:
        """What this training has in this field now."""
        return self.lists[field][page.pk] if field in LISTS else getattr(page, field)

    def cell(self, page: TrainingPage, column: Column) -> Any:
        """The cell that this training has in this column."""
        return column.write(self.value(page, column.field), self.names)


def _members(field: str, known: dict[str, Any]) -> dict[int, list]:
    through = getattr(TrainingPage, field).through
    by_pk = {row.pk: row for row in known.values()}
    members = defaultdict(list)
    for page, row in through.objects.values_list("trainingpage_id", f"{through._meta.get_fields()[2].name}_id"):
        members[page].append(by_pk[row])
    return members


def compare(rows: CatalogueRows, *, lock: bool = False) -> Comparison:
    """What would change; where there are faults, nothing may be written."""
    catalogue = Catalogue.load(lock=lock)
    comparison = Comparison(faults=list(rows.faults))
    seen = set()
    for row in rows.rows:
        if len(comparison.faults) >= MAX_FAULTS:
            break
        change = _change(row, rows, catalogue, comparison.faults)
        seen.add(change.code)
        if change.differences:
            comparison.changes.append(change)
        else:
            comparison.unchanged += 1
    comparison.faults.sort(key=lambda fault: (fault.row or 0, len(fault.column), fault.column))
    comparison.missing = [page for code, page in catalogue.pages.items() if page.live and code not in seen]
    return comparison


def _change(row: CatalogueRow, rows: CatalogueRows, catalogue: Catalogue, faults: list[Fault]) -> Change:
    page = catalogue.pages.get(code_of(row))
    change = Change(row.number, page or TrainingPage(), is_new=page is None)
    before = len(faults)
    for column in COLUMNS:
        if column.field in row.cells:
            try:
                _consider(column, row.cells[column.field], change, catalogue)
            except Wrong as wrong:
                faults.append(rows.fault(str(wrong), row=row.number, field=column.field))
    if change.differences and len(faults) == before:
        faults += [rows.fault(text, row=row.number, field=name) for name, text in _wrongs(change, rows, catalogue)]
    return change


def _consider(column: Column, cell: Any, change: Change, catalogue: Catalogue) -> None:
    """Adds the difference that this cell makes, if it makes one."""
    old = "" if change.is_new else tidy(catalogue.cell(change.page, column))
    # What stands there unchanged is right as it is, even where it could not be typed that way.
    if not change.is_new and isinstance(cell, (str, int, float, bool, type(None))) and tidy(cell) == old:
        return
    value = value_of(column, cell, catalogue.names)
    new = tidy(_written(column, value, catalogue.names))
    if change.is_new:
        change.values[column.field] = value
    if new != old:
        change.values[column.field] = value
        change.differences.append(Difference(column, old, new, _note(column, change.page)))


def _written(column: Column, value: Any, names: dict) -> Any:
    """A value as its cell; what belongs in a stream of blocks becomes one first."""
    if column.field in ("goals", "programme"):
        value = TrainingPage._meta.get_field(column.field).to_python(value)
    return column.write(value, names)


def _note(column: Column, page: TrainingPage) -> str:
    if column.field == "introduction" and rich_text.loses_marks(page.introduction):
        return _("Bold, italics and links of the old text are lost.")
    return ""


def _wrongs(change: Change, rows: CatalogueRows, catalogue: Catalogue):
    """What is wrong with the row as a whole, as pairs of a field and what would be right."""
    page = change.page
    if not change.is_new:
        yield from _hindrances(page, catalogue)
    elif missing := [column.heading for column in COLUMNS if column.required and column.field not in rows.letters]:
        text = _("%(code)s is new, and a new training needs these columns as well: %(headings)s.")
        yield "code", text % {"code": change.code, "headings": ", ".join(missing)}
        return
    elif fault := _fault_of_title(change.title):
        yield "title", fault
    for name, value in change.values.items():
        if name in PLAIN:
            setattr(page, name, value)
    try:
        page.clean_fields(exclude={field.name for field in page._meta.fields} - set(PLAIN))
    except ValidationError as error:
        yield from ((name, " ".join(messages)) for name, messages in error.message_dict.items())
    yield from _sums(page)


def _fault_of_title(title: str) -> str:
    # A new page gets its address from its title, as in the editor.
    slug = slugify(title)
    if not slug:
        return _("Write at least one letter or figure: the address of the page is made of them.")
    return TrainingPage.fault_of_slug(slug)


def _hindrances(page: TrainingPage, catalogue: Catalogue):
    if page.alias_of_id or not page.live:
        yield "code", _("%(code)s is not on the site now. Publish it first, or leave this row out.") % {"code": page.code}
    elif page.has_unpublished_changes or str(page.pk) in catalogue.scheduled:
        yield "code", _("%(code)s has changes that are not published yet. Publish or discard them first.") % {"code": page.code}
    elif page.locked:
        yield "code", _("%(code)s is locked for editing. Unlock it first, or leave this row out.") % {"code": page.code}


def _sums(page: TrainingPage):
    if page.group_max < page.group_min:
        yield "group_max", _("The largest group cannot be smaller than the smallest group.")
    minutes = sum(part.value["minutes"] or 0 for part in page.programme)
    if page.programme and minutes != page.duration_minutes:
        yield (
            "programme",
            _("The parts of the programme add up to %(parts)s minutes, not to %(length)s.")
            % {"parts": minutes, "length": page.duration_minutes},
        )
