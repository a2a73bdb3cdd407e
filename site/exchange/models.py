"""What passes between the zones; these tables lie in the public database, and keep no more than they must.

Every key is made by who writes the row: the roles of the database may insert where they may not read, and RETURNING reads.
Nothing here is ever updated: an addition, a withdrawal or a new status is a new sealed row.
"""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Bytes: the most words that are sealed (`exchange.sealing.LONGEST`), and room for the header. Casework reads a body whole: a
# public site that somebody else controls must not be able to fill its memory.
LARGEST = 1024 * 1024 + 64 * 1024


def of_a_size(name: str) -> models.CheckConstraint:
    """No body is larger than an envelope can be."""
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length("body"), LARGEST), name=name, violation_error_message=_("This is too much to send.")
    )


def today():
    """The day in the team's own time: no row tells the hour."""
    return timezone.localdate()


class SealedReferral(models.Model):
    """Words of a referrer on their way to casework: a referral, an addition or a withdrawal, which can't be told apart here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(default=today)
    body = models.BinaryField()

    class Meta:
        constraints = [of_a_size("exchange_referral_of_a_size")]

    def __str__(self):
        return f"sealed {self.id}"


class SealedAnswer(models.Model):
    """Words or a status on their way to who holds a receipt; `lookup` is made of the code and can't be turned back into it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lookup = models.CharField(max_length=64, db_index=True)
    day = models.DateField(default=today)
    number = models.PositiveIntegerField(default=0, help_text="Their order within one receipt; says nothing about the hour.")
    body = models.BinaryField()

    class Meta:
        constraints = [of_a_size("exchange_answer_of_a_size")]

    def __str__(self):
        return f"answer {self.id}"


class SharedSignal(models.Model):
    """A signal extrapolated from casework, for the pulse: no names, no way back (invariant I17)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(default=today)
    theme = models.SlugField(max_length=60)
    sector = models.SlugField(max_length=60, blank=True)
    quarter = models.CharField(max_length=6)
    district = models.CharField(max_length=60, blank=True)
    text = models.TextField()

    def __str__(self):
        return f"signal {self.id}"


class AuditAnchor(models.Model):
    """How far casework's audit log had come on a day, kept where casework can't take it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(default=today)
    event = models.PositiveBigIntegerField()
    mac = models.CharField(max_length=64)

    def __str__(self):
        return f"anchor {self.day} {self.event}"
