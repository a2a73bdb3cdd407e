"""What crosses the wall: what was taken from the exchange, what goes back through it, and what could not be read."""

import uuid

from django.db import models
from django.utils import timezone


class PulledRow(models.Model):
    """A row of the exchange that was taken in, so that it is never taken in twice."""

    id = models.UUIDField(primary_key=True)
    day = models.DateField(default=timezone.localdate)

    def __str__(self):
        return f"pulled {self.id}"


class UnreadableRow(models.Model):
    """A row of the exchange that no key opened, kept as it came: somebody may have written it in good faith."""

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    body = models.BinaryField()
    found_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"unreadable {self.id}"


class OutgoingAnswer(models.Model):
    """A sealed answer, written with what causes it and brought to the exchange by the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lookup = models.CharField(max_length=64)
    number = models.PositiveIntegerField(default=0)
    body = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    brought_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"outgoing {self.id}"


class VoidedCode(models.Model):
    """A code that counts no more: the worker deletes its answers in the exchange, more than once, for one may be on its way."""

    lookup = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return "voided code"
