"""Private calendars to subscribe to: of a person, an organisation or a trainer, until they are revoked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation

from .trainer import Trainer


class FeedQuerySet(models.QuerySet):
    def live(self):
        """Those that still answer."""
        return self.filter(revoked_at=None)


class Feed(models.Model):
    """An address at which a calendar program reads sessions without signing in; of exactly one owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds")
    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, organisation__isnull=True, trainer__isnull=True)
                | Q(user__isnull=True, organisation__isnull=False, trainer__isnull=True)
                | Q(user__isnull=True, organisation__isnull=True, trainer__isnull=False),
                name="trainings_feed_has_one_owner",
            ),
        ]

    def __str__(self):
        return str(self.pk)
