"""Makes what a new installation begins with; may be run again at each upgrade."""

from django.core.management.base import BaseCommand

from website.first_pages import lay_out


class Command(BaseCommand):
    help = "Makes the first pages and the groups of the team where they are missing."

    def handle(self, *args, **options):
        lay_out()
