"""What happened to organisations and to who belongs to them, and who did it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class OrganisationEvent(models.Model):
    """One decision about an organisation or about somebody in it; readable by the team and its training coordinators."""

    class Verb(models.TextChoices):
        CONFIRMED = "confirmed", _("organisation confirmed")
        REFUSED = "refused", _("organisation refused")
        MEMBER_CONFIRMED = "member_confirmed", _("member confirmed")
        MEMBER_REFUSED = "member_refused", _("member refused")
        COORDINATOR_MADE = "coordinator_made", _("made training coordinator")
        COORDINATOR_ENDED = "coordinator_ended", _("no longer training coordinator")
        LEFT = "left", _("no longer belongs here")
        MERGED = "merged", _("another organisation merged into this one")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=20, choices=Verb)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of an organisation")
        verbose_name_plural = _("events of organisations")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.verb} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
