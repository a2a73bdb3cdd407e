"""Writing a checked catalogue: every training that changes gets a new published revision, all of them or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from trainings.models import CataloguePage

from .compare import LISTS, Change, Comparison, compare
from .parse import CatalogueRows


class ImportRefused(Exception):
    """Nothing was written; `comparison` says what stands in the way, or what differs from what was confirmed."""

    def __init__(self, comparison: Comparison):
        self.comparison = comparison
        super().__init__(type(self).__name__)


class RowsAreWrong(ImportRefused):
    """The file has faults."""


class CatalogueChanged(ImportRefused):
    """Somebody changed the catalogue between the check and the confirmation."""


@dataclass(frozen=True)
class Step:
    """One training written: the how manieth of how many."""

    number: int
    total: int
    change: Change


def import_catalogue(rows: CatalogueRows, *, by, seen: str = "", tell: Callable[[Step], None] = lambda step: None) -> list[Change]:
    """Makes and changes trainings as the file says, in one transaction; trainings that it leaves out stay as they are.

    `seen` is the fingerprint of the differences that somebody agreed to, `tell` hears of each training written.
    """
    changes = []
    for step in steps(rows, by=by, seen=seen):
        tell(step)
        changes.append(step.change)
    return changes


def steps(rows: CatalogueRows, *, by, seen: str = "") -> Iterator[Step]:
    """The same, one training at a time; whoever stops asking for the next has nothing written."""
    with transaction.atomic():
        # Two imports at once go one after the other, so that the second compares with what the first made.
        catalogue = CataloguePage.objects.select_for_update().get()
        comparison = compare(rows, lock=True)
        if comparison.faults:
            raise RowsAreWrong(comparison)
        if seen and comparison.fingerprint != seen:
            raise CatalogueChanged(comparison)
        for number, change in enumerate(comparison.changes, 1):
            _write(change, catalogue, by)
            yield Step(number, len(comparison.changes), change)


def _write(change: Change, catalogue: CataloguePage, by) -> None:
    page = change.page
    for name in LISTS:
        if name in change.values:
            getattr(page, name).set(change.values[name])
    if change.is_new:
        # A draft first, as in the editor, so that the history tells of making and of publishing.
        page.live, page.owner = False, by
        catalogue.add_child(instance=page)
    page.save_revision(user=by, log_action=True).publish(user=by)
