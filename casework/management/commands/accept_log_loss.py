"""After an older backup was put back: accepts that the log is shorter than its anchors."""

from django.core.management.base import BaseCommand, CommandError

from casework.log import accepting, checking


class Command(BaseCommand):
    help = "Accepts that a restore lost rows of the log. Asks for the last one's number, from the last mail about an anchor."

    def handle(self, *args, **options):
        try:
            loss = accepting.find()
        except accepting.NotAccepted as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Lost since the restore: everything from row {loss.first} on that stood in the log up to {loss.day}.")
        # From outside the machine: whoever only holds the machine does not know what the officer holds.
        typed = input("Number of the last row, from the anchor that the data protection officer holds: ")
        if typed.strip() != str(loss.last):
            raise CommandError("The anchors say another number. Nothing was accepted.")
        accepting.accept(loss)
        walk = checking.check(whole=True)
        for fault in walk.faults:
            self.stdout.write(f"row {fault.number}: {fault.kind}")
        self.stdout.write("Accepted. " + ("The log is whole." if walk.is_whole else "More is wrong with the log than that."))
