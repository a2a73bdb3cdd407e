"""Who came, per participant and day-part."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .booking import Participant
from .session import DayPart


class Attendance(models.Model):
    """Whether a participant was there in one day-part (aanwezigheid)."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        PARTLY = "partly", _("partly present")
        ABSENT = "absent", _("absent")
        EXCUSED = "excused", _("excused")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attendances")
    day_part = models.ForeignKey(DayPart, on_delete=models.CASCADE, related_name="attendances")
    status = models.CharField(_("attendance"), max_length=8, choices=Status)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint(fields=["participant", "day_part"], name="trainings_one_attendance_per_day_part")]

    def __str__(self):
        return self.get_status_display()
