"""Writes a sealed backup of this zone, or looks at one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exchange import backups, restoring, shares
from exchange.recipients import RecipientMissing
from exchange.sealing import Unreadable
from exchange.snapshots import SnapshotFailed


class Command(BaseCommand):
    help = "Writes a sealed backup of this zone into a folder (--to), or opens the whole of one without restoring it (--check)."
    zone = backups.Zone()

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", type=Path, metavar="FOLDER")
        what.add_argument("--check", type=Path, metavar="FILE")

    def handle(self, *args, to, check, **options):
        self._write(to) if to else self._check(check)

    def _write(self, folder: Path) -> None:
        try:
            path, digest = backups.write(self.zone, folder, self.stdout.write)
        except RecipientMissing as error:
            raise CommandError(f"{error} is missing or is no key; no backup is made that could not be opened.") from error
        except (SnapshotFailed, OSError) as error:
            raise CommandError(f"No backup was made: {error}.") from error
        self.stdout.write(f"{path}\n{path.stat().st_size / 1e6:.1f} MB, BLAKE2b-256 {digest}")

    def _check(self, path: Path) -> None:
        try:
            privates = self.zone.privates() or [shares.combine(shares.ask_two(input, self.stdout.write))]
            with path.open("rb") as file:
                manifest = restoring.look(file, privates, self.stdout.write)
        except (Unreadable, shares.SharesRefused, OSError) as error:
            raise CommandError(f"This backup does not open: {error or 'it is changed, cut off, or not for these keys'}.") from error
        self.stdout.write("The backup is whole.")
        for name, value in manifest.items():
            self.stdout.write(f"{name}: {value}")
