"""Makes the recovery key: its private half leaves this process on paper only, in three shares."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.keyring import files as key_files
from exchange import shares
from exchange.recipients import RECOVERY_PUBLIC

ABOVE = """
A recovery key is made. Its private half is kept nowhere: it exists in these three shares only, and any two of them make it.
Write each on paper for another custodian. They are shown this once.
"""
BELOW = """
Now two of the custodians read their paper back. Nothing is kept before that.
"""


class Command(BaseCommand):
    help = "Makes the recovery key on a machine without network: shows three shares once, and keeps the public half."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=None, help="the folder for recovery.pub (EXPOR_KEYS)")
        parser.add_argument("--unread", action="store_true", help="keep the public half without reading two shares back")

    def handle(self, *args, to, unread, **options):
        folder = to or Path(settings.KEYS)
        if (folder / RECOVERY_PUBLIC).exists():
            raise CommandError(f"{folder / RECOVERY_PUBLIC} is there already. Two recovery keys at once would be one too many.")
        public, papers = shares.new_key()
        self._show(papers)
        if not unread:
            self._read_back(public)
        key_files.write_recovery(folder, public)
        self.stdout.write(f"made {folder / RECOVERY_PUBLIC}")

    def _show(self, papers: list[str]) -> None:
        self.stdout.write(ABOVE)
        for number, paper in enumerate(papers, start=1):
            self.stdout.write(f"share {number} of {len(papers)}:\n{paper}\n")

    def _read_back(self, public: bytes) -> None:
        self.stdout.write(BELOW)
        try:
            read = shares.public_half_of(shares.ask_two(input, self.stdout.write))
        except shares.SharesRefused as refused:
            raise CommandError(f"{refused} Nothing was kept.") from refused
        if read != public:
            raise CommandError("These shares make another key. Nothing was kept.")
