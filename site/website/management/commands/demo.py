"""Runs the whole demonstration in the foreground."""

import sys

from django.core.management.base import BaseCommand

from website.demo import accounts, run


class Command(BaseCommand):
    help = "Prepares what is missing and runs web server and worker until Ctrl-C."

    def handle(self, *args, **options):
        accounts.refuse_outside_demo()
        run.prepare(lambda line: self.stdout.write(f"  {line}"))
        sys.exit(run.serve(self.stdout.write))
