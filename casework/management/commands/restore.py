"""Puts a sealed backup of casework back on an empty machine."""

from casework.keyring.backing_up import CaseworkZone
from exchange.management.commands import restore


class Command(restore.Command):
    zone = CaseworkZone()
