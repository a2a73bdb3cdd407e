"""Fills an empty database with the demonstration."""

from django.core.management.base import BaseCommand

from website.demo import accounts, load


class Command(BaseCommand):
    help = "Loads the demonstration once; refuses outside demo mode."

    def handle(self, *args, **options):
        accounts.refuse_outside_demo()
        if load.is_loaded():
            self.stdout.write("demo: there already, kept as it is")
        else:
            load.load(tell=lambda line: self.stdout.write(f"demo: {line}"))
