"""What happened to sessions and bookings, and who did it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .booking import Booking
from .session import Session


class HistoryEntry(models.Model):
    """One thing that happened to a session or a booking, and who did it; readable by team and booker."""

    class Verb(models.TextChoices):
        PLANNED = "planned", _("planned")
        PUBLISHED = "published", _("published")
        CHANGED = "changed", _("changed")
        SESSION_CANCELLED = "session_cancelled", _("session cancelled")
        DONE = "done", _("closed as done")
        BOOKED = "booked", _("booked")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("seat offered")
        SKIPPED = "skipped", _("passed over on the waiting list")
        OFFER_REFUSED = "offer_refused", _("offered seat refused")
        OFFER_EXPIRED = "offer_expired", _("offered seat not taken in time")
        NAMED = "named", _("names given")
        NAMES_RELEASED = "names_released", _("seats without a name given back")
        REPLACED = "replaced", _("somebody else comes")
        CORRECTED = "corrected", _("details corrected")
        MOVED = "moved", _("moved to another session")
        ASKED = "asked", _("approval asked")
        AGREED = "agreed", _("approved by the training coordinator")
        APPROVED = "approved", _("approved by the team")
        REFUSED = "refused", _("not approved")
        HANDED_OVER = "handed_over", _("handed over")
        REPLIED = "replied", _("reply of the calendar")
        REMINDED = "reminded", _("reminder sent")
        EMPTIED = "emptied", _("personal data removed")
        SEAT_GIVEN = "seat_given", _("seat given from the waiting list")
        PARTICIPANT_CANCELLED = "participant_cancelled", _("participant cancelled")
        ADDED = "added", _("added by the team")
        WALK_IN = "walk_in", _("came without a booking")
        MAILED = "mailed", _("message sent")
        ATTENDANCE = "attendance", _("attendance noted")
        ARRANGED = "arranged", _("arranged")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="history")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, blank=True, related_name="history")
    verb = models.CharField(max_length=24, choices=Verb)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.verb} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
