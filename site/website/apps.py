"""The site itself: home page, contact point, frame, and pages that several rooms compose."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SITE = "site"


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = _("website")

    def ready(self):
        from wagtail.signals import page_published, page_unpublished

        from . import checks  # noqa: F401 registers them

        page_published.connect(count_change, dispatch_uid="website.published")
        page_unpublished.connect(count_change, dispatch_uid="website.unpublished")


def count_change(**signal) -> None:
    """A page appeared, changed or went: what is kept for visitors is made anew."""
    from shared import versions

    versions.bump(SITE)
