"""Makes what a new installation begins with; may be run again at each upgrade."""

from django.core.management.base import BaseCommand

from website import review, roles
from website.first_pages import lay_out


class Command(BaseCommand):
    help = "Makes the first pages, the groups of the team with their rights, and the workflow, where they are missing."

    def handle(self, *args, **options):
        home = lay_out()
        roles.set_up(home)
        review.set_up(home)
