"""The site itself: home page, contact point, frame, and pages that several rooms compose."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = _("website")
