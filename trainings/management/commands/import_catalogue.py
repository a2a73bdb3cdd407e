"""Imports the catalogue from a workbook: says what would change, and writes it with --apply."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.models import User
from shared.uploads import UploadRefused, read_workbook
from trainings.importing.apply import import_catalogue
from trainings.importing.compare import Comparison, compare
from trainings.importing.parse import CatalogueRows, rows_of


class Command(BaseCommand):
    help = "Compares a workbook (xlsx) with the catalogue; with --apply all of it is written, or nothing when a row is wrong."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the workbook")
        parser.add_argument("--apply", action="store_true", help="write what differs")
        parser.add_argument("--by", metavar="ADDRESS", help="the e-mail address of the person the history will name")

    def handle(self, *args, file, apply, by, **options):
        actor = self._actor(by)
        rows = self._rows(file)
        comparison = compare(rows)
        self._tell(comparison)
        if comparison.faults:
            raise CommandError(_("Nothing was written: put the above right first."))
        if apply and comparison.changes:
            import_catalogue(rows, by=actor, seen=comparison.fingerprint, tell=self._step)
            self.stdout.write(self.style.SUCCESS(_("All is done.")))
        elif comparison.changes:
            self.stdout.write(_("Nothing was written. Add --apply to write this."))

    def _actor(self, address: str | None) -> User | None:
        if not address:
            return None
        try:
            return User.objects.get(email__iexact=address)
        except User.DoesNotExist as error:
            raise CommandError(_("Nobody has the address %(address)s.") % {"address": address}) from error

    def _rows(self, file: Path) -> CatalogueRows:
        try:
            with file.open("rb") as workbook:
                return rows_of(read_workbook(workbook))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UploadRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, comparison: Comparison) -> None:
        for fault in comparison.faults:
            self.stderr.write(str(fault))
        for change in comparison.changes:
            fields = ", ".join(difference.column.heading for difference in change.differences)
            self.stdout.write(f"{change.code} {change.title}: " + (_("new") if change.is_new else fields))
        for page in comparison.missing:
            self.stdout.write(f"{page.code} {page.title}: " + _("not in the file, stays as it is"))
        self.stdout.write(
            _("%(added)d new, %(changed)d changed, %(unchanged)d the same, %(missing)d not in the file.")
            % {
                "added": comparison.added,
                "changed": comparison.changed,
                "unchanged": comparison.unchanged,
                "missing": len(comparison.missing),
            }
        )

    def _step(self, step) -> None:
        self.stdout.write(f"[{step.number}/{step.total}] {step.change.code} {step.change.title}")
