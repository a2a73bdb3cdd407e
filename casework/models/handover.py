"""A referral on its way from one case manager to another; both sides are on record (I14)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.keyring.sealed import SealedJSON


class Handover(models.Model):
    """ASKED → ACCEPTED | DECLINED | ENDED: the giver keeps the referral until the colleague accepts it.

    GIVEN → ACCEPTED: handed over at once, and the receiver says that it arrived. `note` holds {"text": …}.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        GIVEN = "given", _("handed over")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("no longer asked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey("casework.Referral", on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers")
    state = models.CharField(max_length=10, choices=State)
    begun_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = SealedJSON()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")),
                name="casework_handed_to_another",
                violation_error_message=_("A referral is handed to somebody else."),
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state="asked"),
                name="casework_one_colleague_asked",
                violation_error_message=_("One colleague is asked at a time."),
            ),
        ]

    def __str__(self):
        return f"hand-over {self.id}"
