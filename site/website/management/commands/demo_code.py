"""Prints the code that the demo's second factor asks for now."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand

from website.demo import accounts


class Command(BaseCommand):
    help = "Prints the current TOTP code of the demo accounts; refuses outside demo mode."

    def handle(self, *args, **options):
        accounts.refuse_outside_demo()
        self.stdout.write(format_hotp_value(hotp_value(accounts.SEED, int(time.time()) // 30)))
