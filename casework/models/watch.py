"""What watches over casework: alarms, how the pull goes, and the marked referrals that try the way through the wall."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AlarmQuerySet(models.QuerySet):
    def open(self):
        """Alarms that nobody has seen to yet, the newest first."""
        return self.filter(acknowledged_at=None).order_by("-last_seen", "-pk")


class Alarm(models.Model):
    """Something is wrong, or looks so: of which kind, and from when to when it was seen. Never with what, and never with whom.

    `account` is whose reading is unusual, or whose codes are guessed, where that is the alarm; 0 in all others.
    """

    class Kind(models.TextChoices):
        READING = "reading", _("unusual reading")
        SEALS = "seals", _("a broken seal")
        GUESSING = "guessing", _("somebody who knows a password guesses codes")
        LOG = "log", _("the audit log is not whole")
        PULL = "pull", _("nothing comes through the wall")
        CANARY = "canary", _("the trial referral does not come back")
        UNREADABLE = "unreadable", _("something came that no key opens")
        MAIL = "mail", _("mail is stuck")
        ERASING = "erasing", _("something stays after the end of its term")

    kind = models.CharField(max_length=12, choices=Kind)
    account = models.PositiveBigIntegerField(default=0)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "account"],
                condition=Q(acknowledged_at=None),
                name="casework_one_open_alarm_of_a_kind",
                violation_error_message=_("This alarm is open already."),
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="casework_who_saw_to_an_alarm_and_when",
                violation_error_message=_("Who saw to an alarm goes with when."),
            ),
        ]

    def __str__(self):
        return f"alarm {self.kind}"


class PullState(models.Model):
    """How the pull goes: when it last succeeded, and of which type its last error was; one row."""

    begun_at = models.DateTimeField(default=timezone.now)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True)

    def __str__(self):
        return f"pull {self.succeeded_at}"


class Canary(models.Model):
    """A trial referral, posted through the public form like anybody's: one for each hour, known by its marker."""

    hour = models.PositiveBigIntegerField(primary_key=True, help_text="Hours since 1970: what its marker is made of.")
    tried_at = models.DateTimeField(default=timezone.now)
    posted_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True)

    def __str__(self):
        return f"canary {self.hour}"
