"""Does what the clock asks: mail, reminders, expiries, retention."""

import signal

from django.core.management.base import BaseCommand

from shared.start import at_start
from shared.worker import Worker


class Command(BaseCommand):
    help = "Runs this zone's recurring tasks until it is stopped; several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run every task once and stop")

    def handle(self, *args, once, **options):
        at_start()
        worker = Worker()
        if once:
            worker.turn(float("inf"))
            return
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        worker.run()
