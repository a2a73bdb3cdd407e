"""Makes the key files of this zone that are missing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.keyring import files as key_files


class Command(BaseCommand):
    help = "Makes the key files that are missing, never over another one, and writes the public halves for the public zone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--public", type=Path, default=None, help="the folder for the public halves (EXPOR_REFERRAL_KEYS)")
        parser.add_argument("--demo", action="store_true", help="a recovery key too, with its shares in a file; in the demo only")

    def handle(self, *args, public, demo, **options):
        folder, public = Path(settings.KEYS), public or Path(settings.REFERRAL_KEYS)
        if demo and not settings.DEMO:
            raise CommandError("Shares are written to a file in demo mode only (EXPOR_DEMO=true).")
        try:
            made = key_files.prepare_demo(folder) if demo else key_files.make_missing(folder)
            made += [f"{public / name}" for name in key_files.publish(folder, public)]
        except key_files.WouldOverwrite as error:
            raise CommandError(f"{error} is there already and holds another key; nothing is written over it.") from error
        for name in made:
            self.stdout.write(f"made {name}")
        if not made:
            self.stdout.write("Every key is there; nothing was made.")
