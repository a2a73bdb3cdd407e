"""Puts new keys in the place of old ones."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from casework.keyring import files as key_files
from casework.keyring import rotation, rotation_zone


class Command(BaseCommand):
    help = (
        "Seals all rows anew with a new key; with --zone: makes a new pair for what comes in. Stop it when you like, run it again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--stopped", action="store_true", help="web and worker are stopped: the old key goes at once")
        parser.add_argument("--zone", action="store_true", help="the pair that referrals are sealed to, not the sealed columns")
        parser.add_argument("--finish", action="store_true", help="with --zone, once the public zone has the new public half")

    def handle(self, *args, stopped, zone, finish, **options):
        folder = Path(settings.KEYS)
        try:
            if zone:
                self._finish(folder) if finish else self._begin(folder)
            else:
                self._fields(folder, stopped)
        except key_files.Busy as busy:
            raise CommandError("Another rotation runs; let it end first.") from busy
        except rotation_zone.UnderWay as under_way:
            raise CommandError(f"{under_way} is still there: run `rotate_keys --zone --finish` first.") from under_way

    def _fields(self, folder: Path, stopped: bool) -> None:
        done = rotation.rotate(folder, self._progress(), stopped=stopped)
        self.stdout.write(f"Values sealed anew: {done.rows}. Old keys removed: {len(done.dropped)}.")
        for name, number in done.kept.items():
            why = f"{number} values need it" if number else "it stays for an hour, for whoever writes at this moment"
            self.stdout.write(f"Old key {name} is kept: {why}. Run `rotate_keys` again later.")

    def _progress(self):
        told = 0.0

        def tell(seen: int, total: int) -> None:
            nonlocal told
            if seen == total or time.monotonic() - told > 1:
                told = time.monotonic()
                self.stdout.write(f"{seen} of {total} values")

        return tell

    def _begin(self, folder: Path) -> None:
        old = rotation_zone.begin(folder, Path(settings.REFERRAL_KEYS))
        self.stdout.write(f"A new pair is made; {old} still opens what was sealed before.")
        self.stdout.write("Bring casework-zone.pub to the public zone, then run `rotate_keys --zone --finish` a day later.")

    def _finish(self, folder: Path) -> None:
        try:
            gone, kept = rotation_zone.finish(folder)
        except DatabaseError as error:
            raise CommandError("The databases were not reached to see what waits; nothing was removed.") from error
        for name in gone:
            self.stdout.write(f"removed {name}")
        for name in kept:
            self.stdout.write(f"{name} is kept: rows that wait are sealed to it. Run this again later.")
