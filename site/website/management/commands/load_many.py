"""Adds very many sessions and participants to the demonstration."""

from django.core.management.base import BaseCommand, CommandError

from website.demo import accounts, many


class Command(BaseCommand):
    help = "Adds sessions and participants by the thousand, once; refuses outside demo mode."

    def add_arguments(self, parser):
        parser.add_argument("--sessions", type=int, default=many.SESSIONS)
        parser.add_argument("--participants", type=int, default=many.PARTICIPANTS)

    def handle(self, *args, **options):
        accounts.refuse_outside_demo()
        if many.is_loaded():
            raise CommandError("These sessions are there already; `make demo-reset` begins anew.")
        many.load(options["sessions"], options["participants"], tell=lambda line: self.stdout.write(f"many: {line}"))
