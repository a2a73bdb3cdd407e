"""Who gives trainings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Trainer(models.Model):
    """Somebody who gives trainings, of the team or from outside."""

    class Kind(models.TextChoices):
        TEAM = "team", _("team member")
        EXTERNAL = "external", _("external")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EXTERNAL)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    bio = models.TextField(_("introduction"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="trainer",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ["name"]

    def __str__(self):
        return self.name
