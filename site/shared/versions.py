"""Counting how often something public changed, so that whoever keeps a rendered page knows when to make it anew."""

from django.db import transaction
from django.db.models import F

from .models import Version


def current(name: str) -> int:
    """The number of changes so far: one small query, no write."""
    return Version.objects.filter(name=name).values_list("number", flat=True).first() or 0


def bump(name: str) -> None:
    """Counts a change once the transaction at hand is committed: only then can a reader see what changed."""
    transaction.on_commit(lambda: _count(name))


def _count(name: str) -> None:
    if not Version.objects.filter(name=name).update(number=F("number") + 1):
        Version.objects.bulk_create([Version(name=name, number=1)], ignore_conflicts=True)
