"""The waiting list of a full session, and the seats that are offered from it."""

import uuid
from datetime import timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .booking import Booking
from .seats import FEWEST
from .session import Session

# Before the deadline for booking: whoever waits is offered nothing any more, and a seat that is left is for who comes first.
TOO_SHORT = timedelta(hours=24)


class WaitingEntryQuerySet(models.QuerySet):
    def waiting(self):
        """Those that still wait."""
        return self.filter(left_at=None)

    def without_offer(self, now=None):
        """Those to whom nothing is offered at this moment."""
        return self.exclude(Exists(Offer.objects.open(now).filter(entry=OuterRef("pk"))))

    def fewest(self) -> int | None:
        """The fewest seats that would do for one of them; None when there are none."""
        return self.aggregate(fewest=FEWEST)["fewest"]


class WaitingEntry(models.Model):
    """A place in the queue of a full session (wachtlijst): the waiting participants of one booking."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="waiting_entry")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="waiting_entries")
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    fewer_is_fine = models.BooleanField(_("fewer seats will do"), default=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("left the list"), null=True, blank=True)

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1), name="trainings_waiting_for_a_seat_at_least")]

    def __str__(self):
        return f"{self.booking} · {self.seats}"


class OfferQuerySet(models.QuerySet):
    def open(self, now=None):
        """Those that keep a seat at this moment; the clock decides, not the job that closes them."""
        return self.filter(state=Offer.State.OPEN, expires_at__gt=now or timezone.now())

    def run_out(self, now=None):
        """Those whose time is over and that are still to be closed."""
        return self.filter(state=Offer.State.OPEN, expires_at__lte=now or timezone.now())


class Offer(models.Model):
    """Seats that are kept for the people of one place on the waiting list (vrijgekomen plaats).

    Steps: open → accepted, refused, expired or withdrawn.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offered")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("not taken in time")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="offers")
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("kept until"))
    closed_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offered seat")
        verbose_name_plural = _("offered seats")
        ordering = ["made_at"]
        indexes = [models.Index(fields=["session", "expires_at"], name="trainings_open_offers", condition=Q(state="open"))]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(state="open"), name="trainings_one_open_offer_per_entry"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="trainings_offer_of_a_seat_at_least"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="trainings_answered_offer_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.entry} · {self.seats}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted; expiry is a matter of the clock."""
        return self.state == self.State.OPEN and timezone.now() < self.expires_at
