"""Private calendars to subscribe to: of a person, an organisation or a trainer, until they are revoked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.network.access import coordinated_by
from knowledge.network.models import Organisation

from .trainer import Trainer


class FeedQuerySet(models.QuerySet):
    def live(self):
        """Those that still answer: not revoked, and not of an account that was closed."""
        return self.filter(Q(user=None) | Q(user__is_active=True), revoked_at=None)

    def of(self, owner):
        """Those of a person, an organisation or a trainer."""
        return self.filter(**Feed.owned_by(owner))

    def visible_to(self, user):
        """One's own, and those of the organisations whose training coordinator one is; not a trainer's."""
        return self.filter(Q(user=user) | Q(organisation__in=coordinated_by(user)))


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

    @staticmethod
    def owned_by(owner) -> dict:
        """The one column of the three that this owner fills."""
        if isinstance(owner, Organisation):
            return {"organisation": owner}
        return {"trainer": owner} if isinstance(owner, Trainer) else {"user": owner}

    @property
    def owner(self):
        """Whose calendar it is."""
        return self.organisation or self.trainer or self.user
