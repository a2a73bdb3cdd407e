"""Gives the roles of this zone's database what the one dict of privileges says, and takes away all the rest."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from exchange.grants import Unfit, grant


class Command(BaseCommand):
    help = "Run as the owner of the tables after every migrate: what web and worker may do in this database (PostgreSQL)."

    def add_arguments(self, parser):
        for role in settings.GRANTED_ROLES:
            parser.add_argument(
                f"--{role.replace('_', '-')}", default=role, metavar="NAME", help=f"the name in PostgreSQL of {role}"
            )

    def handle(self, *args, **options):
        if connection.vendor != "postgresql":
            raise CommandError("SQLite knows no roles: there web and worker guard themselves. This command is for PostgreSQL.")
        names = {role: options[role] for role in settings.GRANTED_ROLES}
        try:
            # At once: web and worker that run meanwhile never meet a moment without rights.
            with transaction.atomic(), connection.cursor() as cursor:
                tables = grant(cursor, names)
        except Unfit as unfit:
            raise CommandError(str(unfit)) from unfit
        self.stdout.write(f"{tables} tables: {', '.join(f'{role} is {name}' for role, name in names.items())}.")
