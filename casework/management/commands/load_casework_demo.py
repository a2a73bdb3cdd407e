"""Fills an empty casework zone with the demonstration: keys, accounts and referrals."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework import demo, demo_referrals
from casework.keyring import files as key_files
from casework.models import Role
from shared.models import Version

LOADED = "casework demo"


class Command(BaseCommand):
    help = "Loads casework's part of the demonstration once; refuses outside demo mode."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration loads in demo mode only (EXPOR_DEMO=true).")
        key_files.prepare_demo(Path(settings.KEYS))
        self.stdout.write(f"casework demo: {'loaded' if load_once() else 'there already, kept as it is'}")


@transaction.atomic
def load_once() -> bool:
    """Everything in one transaction: a demo that stops half-way leaves nothing behind."""
    if Version.objects.filter(name=LOADED).exists():
        return False
    people = demo.load_accounts()
    demo_referrals.load([user for user in people.values() if user.roles.filter(kind=Role.Kind.CASE_MANAGER).exists()])
    Version.objects.create(name=LOADED, number=1)
    return True
