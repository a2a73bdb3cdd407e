"""Says whether the keys of this zone are in order."""

from django.core.management.base import BaseCommand, CommandError

from casework.keyring import key_checks
from exchange import shares
from exchange.recipients import RECOVERY_PUBLIC, public_half


class Command(BaseCommand):
    help = "Checks every key file, the pairs, and that sealed rows open; ends with an error where something is wrong."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="open every sealed row and verify the audit log, not a sample")
        parser.add_argument("--shares", action="store_true", help="ask two custodians for their shares, and try them")

    def handle(self, *args, **options):
        folder, public = key_checks.folders()
        wrong = key_checks.wrong_files(folder, public)
        wrong += [] if wrong else self._rows(everything=options["all"])
        wrong += self._shares(public) if options["shares"] else []
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"{len(wrong)} things are not in order.")
        for sentence in key_checks.left_over(folder):
            self.stdout.write(sentence)
        self.stdout.write("The keys are in order.")

    def _rows(self, everything: bool) -> list[str]:
        opened, closed = key_checks.closed_rows(None if everything else key_checks.SAMPLE)
        self.stdout.write(f"{opened} sealed values opened.")
        within, beyond = key_checks.broken_log() if everything else ([], [])
        return closed + within + beyond

    def _shares(self, public) -> list[str]:
        try:
            made = shares.public_half_of(shares.ask_two(input, self.stdout.write))
        except shares.SharesRefused as refused:
            return [f"The shares make no key: {refused}"]
        return [] if made == public_half(public / RECOVERY_PUBLIC) else [f"The shares make another key than {RECOVERY_PUBLIC}."]
