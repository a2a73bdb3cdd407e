"""For who lost phone and recovery codes: takes the second factor of one account away, so that a new one is set up."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from people.models import User


class Command(BaseCommand):
    help = "Takes app, passkeys and recovery codes of one account away. Make sure first that it is its owner who asks."

    def add_arguments(self, parser):
        parser.add_argument("address", help="the e-mail address of the account")

    def handle(self, *args, address, **options):
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        number, _kinds = Authenticator.objects.filter(user=user).delete()
        self.stdout.write(f"{number} taken away. At the next sign-in a new second factor is asked for.")
