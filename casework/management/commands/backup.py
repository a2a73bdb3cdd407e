"""Writes a sealed backup of casework, or looks at one of either zone."""

from casework.keyring.backing_up import CaseworkZone
from exchange.management.commands import backup


class Command(backup.Command):
    zone = CaseworkZone()
