"""What somebody is in this zone, and what they may open: roles and grants, each under a seal that the database can't make."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What an account is for; without one it can open nothing. Part of what the account's seal covers."""

    class Kind(models.TextChoices):
        CASE_MANAGER = "case_manager", _("case manager")
        ADMINISTRATOR = "administrator", _("administrator")
        DPO = "dpo", _("data protection officer")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("role")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="casework_a_role_once",
                violation_error_message=_("This account has this role already."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Grant(models.Model):
    """Somebody may open one referral, from a moment to a moment; `mac` is its seal (see `casework.entrance.seals`)."""

    class Kind(models.TextChoices):
        CASE_MANAGER = "case_manager", _("case manager")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    referral = models.ForeignKey("casework.Referral", on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CASE_MANAGER)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("grant")
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(kind="case_manager", ended_at=None),
                name="casework_one_case_manager",
                violation_error_message=_("A referral has one case manager at a time."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                name="casework_grant_ends_after_it_begins",
                violation_error_message=_("A grant ends after it begins."),
            ),
        ]

    def __str__(self):
        return f"grant {self.id}"


class Deputy(models.Model):
    """Who gets the alerts of a case manager as well, in days of absence; it opens nothing."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputy")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="casework_deputy_is_another",
                violation_error_message=_("A deputy is somebody else."),
            )
        ]

    def __str__(self):
        return f"deputy of {self.user_id}"
