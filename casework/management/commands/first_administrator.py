"""`manage.py first_administrator`: lets the first administrator of the zone in, and the second one, before anybody can invite."""

from django.core.management.base import BaseCommand, CommandError

from casework.entrance.invitations import invite_first
from casework.entrance.refusals import NotForYou


class Command(BaseCommand):
    help = "Makes a one-time code for an administrator, as long as this zone has none."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    def handle(self, *args, email, first_name, last_name, **options):
        try:
            _invitation, code = invite_first(email=email, first_name=first_name, last_name=last_name)
        except NotForYou as refusal:
            raise CommandError("This zone has an administrator: who comes in now is invited by two people.") from refusal
        self.stdout.write(f"{code}\nTo be typed at /account/uitnodiging/ within 48 hours, with {email}.")
