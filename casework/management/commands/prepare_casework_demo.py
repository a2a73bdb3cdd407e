"""Prepares the casework zone of the demonstration in one process: database, cache table, static files, keys and content."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Makes what is missing of casework's demonstration and keeps what is there; refuses outside demo mode."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration loads in demo mode only (EXPOR_DEMO=true).")
        for command in ("migrate", "createcachetable", "load_casework_demo"):
            call_command(command, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
