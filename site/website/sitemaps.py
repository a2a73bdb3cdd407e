"""The map of the site for search engines: all public pages, trainings included, and the views that stand beside them."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from website.models import MayITellPage

VIEWS = ["trainings:calendar", "website:question", "website:referral", "website:referral-may-i"]


def sections(request) -> dict[str, Sitemap]:
    """The parts of the map, made for one request: pages find their address without a query each."""
    return {"pages": Pages(request), "views": Views()}


class InAllLanguages(Sitemap):
    """Every address stands there once per language of the interface, and names the others."""

    i18n = True
    alternates = True
    x_default = True

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]


class Pages(InAllLanguages):
    """The published pages that everybody may read."""

    def __init__(self, request):
        self.request = request

    def items(self):
        root = Site.find_for_request(self.request).root_page
        return Page.objects.live().public().descendant_of(root, inclusive=True).not_exact_type(MayITellPage).order_by("path")

    def lastmod(self, page):
        return page.last_published_at

    def location(self, page):
        return page.get_url_parts(self.request)[2]


class Views(InAllLanguages):
    """Pages of our own that the tree of pages does not hold."""

    def items(self):
        return [name for name in VIEWS if _exists(name)]

    def location(self, name):
        return reverse(name)


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
