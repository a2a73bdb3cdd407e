"""Puts a sealed backup of this zone back on an empty machine."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exchange import backups, restoring, shares
from exchange.sealing import Unreadable
from exchange.snapshots import SnapshotFailed


class Command(BaseCommand):
    help = "Puts a sealed backup back where there is nothing yet; asks two custodians for their shares."
    requires_system_checks: list[str] = []
    zone = backups.Zone()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            private = shares.combine(shares.ask_two(input, self.stdout.write))
            self._clear_screen()
            wrong = restoring.restore(self.zone, file, private, self.stdout.write)
        except Unreadable as error:
            raise CommandError("The backup is changed, cut off, or not for these shares. Nothing was written.") from error
        except (restoring.RestoreRefused, shares.SharesRefused) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except (SnapshotFailed, OSError) as error:
            raise CommandError(
                f"The backup is whole, but could not be put back: {error}. Empty this place and try again."
            ) from error
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError("The backup is back, and not all of it is in order.")
        self.stdout.write("Restored.")

    def _clear_screen(self) -> None:
        """Two shares together are the key: they do not stay on the screen, or in what can be scrolled back to."""
        if self.stdout.isatty():
            self.stdout.write("\033[2J\033[3J\033[H", ending="")
