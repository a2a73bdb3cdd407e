"""Walks along the whole audit log; for who wants to know it now, and for after a restore."""

import sys

from django.core.management.base import BaseCommand
from django.db import Error

from casework.keyring.keys import KeyMissing
from casework.log import chain, checking
from casework.models import AuditEvent

BROKEN, UNKNOWN = 1, 2


class Command(BaseCommand):
    help = "Walks along the audit log and its anchors. Ends with 0 when it is whole, 1 when it is not, 2 when that can't be seen."

    def handle(self, *args, **options):
        try:
            walk = self._walk()
        except (KeyMissing, Error) as error:
            self.stderr.write(f"The log could not be checked: {type(error).__name__}")
            sys.exit(UNKNOWN)
        for fault in walk.faults:
            self.stdout.write(f"row {fault.number}: {fault.kind}")
        if not walk.is_whole:
            self.stderr.write(f"The audit log is not whole: {len(walk.faults)} faults in {walk.number} rows.")
            sys.exit(BROKEN)
        self.stdout.write(f"The audit log is whole: {walk.number} rows, the last one {walk.mac}")

    def _walk(self) -> chain.Walk:
        total = AuditEvent.objects.count()
        return checking.check(whole=True, progress=lambda number: self.stderr.write(f"{number} of {total}"))
