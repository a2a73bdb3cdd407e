"""Name, colours and contact of the team, so that another municipality can use the site as its own."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from shared import versions
from website.contrast import ratio

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour looks like #007db3."))
WHITE = "#ffffff"
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


@register_setting(icon="cog")
class BrandSettings(BaseSiteSetting):
    """What makes this site the site of one team in one city."""

    team = models.CharField(_("name of the team"), max_length=60, default="EXPO-R")
    city = models.CharField(_("city"), max_length=60, default="Gent")
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#00709f",
        validators=[HEX_COLOUR],
        help_text=_("For buttons and links; white text stands on it."),
    )
    logo = models.ForeignKey(
        "media.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    contact_email = models.EmailField(_("e-mail address"), default="expo-r@stad.demo")
    contact_phone = models.CharField(_("phone number"), max_length=40, default="09 000 00 00")

    panels = [
        FieldRowPanel([FieldPanel("team"), FieldPanel("city")]),
        MultiFieldPanel([FieldPanel("colour"), FieldPanel("logo")], heading=_("Look")),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
    ]

    class Meta:
        verbose_name = _("brand")

    def clean(self):
        super().clean()
        if HEX_COLOUR.regex.match(self.colour) and (found := ratio(self.colour, WHITE)) < READABLE:
            raise ValidationError(
                {
                    "colour": _(
                        "White text on this colour has a contrast of %(found).1f; people need %(needed).1f. Take a darker one."
                    )
                    % {"found": found, "needed": READABLE}
                }
            )

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # Every page shows the brand; what is kept of it in the processes is made anew.
        versions.bump("site")

    @property
    def declarations(self) -> str:
        """The custom properties that come after the layers of the stylesheet."""
        return f"--brand: {self.colour};"
