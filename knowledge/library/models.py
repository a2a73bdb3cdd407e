"""Themes and sectors: the two lists by which trainings, articles and signals are found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """What a theme and a sector have in common: a name, its place in addresses, and its place in lists."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("A lower number stands first."))

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Theme(Topic):
    """What it is about: radicalisation, polarisation, hate speech and so on."""

    illustration = models.SlugField(
        _("illustration"), max_length=40, default="dialoog", help_text=_("The name of one of the site's own drawings.")
    )

    class Meta(Topic.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Sector(Topic):
    """The field people work in: education, youth work, welfare and so on."""

    class Meta(Topic.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
