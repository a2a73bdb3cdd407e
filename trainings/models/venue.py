"""Where sessions are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Venue(models.Model):
    """A place where sessions are held."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    city = models.CharField(_("city"), max_length=80, default="Gent")
    capacity = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        """The address on one line, without the name."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)
