"""Makes what a new installation begins with; may be run again at each upgrade."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from trainings.dates.school_holidays import fill_table
from website import review, roles
from website.first_pages import lay_out


class Command(BaseCommand):
    help = "Makes what is missing: first pages, the team's groups with their rights, the workflow, the school holidays."

    def handle(self, *args, **options):
        home = lay_out()
        roles.set_up(home)
        review.set_up(home)
        this_year = timezone.localdate().year
        fill_table([this_year, this_year + 1])
