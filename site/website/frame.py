"""What the frame around every page needs: the brand, the stylesheet's address, the menu and the other languages."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shared import kept_answers
from shared.stylesheet import stylesheet

from .models import BrandSettings

MENU = [("vormingen/", _("Trainings")), ("over-ons/", _("About us")), ("aanspreekpunt/", _("Contact point"))]
OWN_NAMES = {"nl": "Nederlands", "en": "English", "fr": "Français"}


def frame(request) -> dict:
    """Context of every page of the public zone; each part is made when a template asks for it."""
    brand = SimpleLazyObject(lambda: brand_of(request))
    return {
        "brand": brand,
        "stylesheet_url": SimpleLazyObject(lambda: stylesheet_address(brand)),
        "objectives": SimpleLazyObject(lambda: objectives(get_language())),
        "nav_items": SimpleLazyObject(lambda: menu(request.path, get_language())),
        "site_url": settings.SITE_URL,
        "foreign": "" if get_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE,  # of texts that editors write
        "languages": SimpleLazyObject(lambda: languages(request.path, get_language())),
    }


def brand_of(request) -> BrandSettings:
    """The brand of this host, kept in the process until something of the site is saved: every page asks for it."""
    stamp = kept_answers.number(request, "site"), request.get_host()
    return kept_answers.latest("brand", stamp, lambda: _brand(request))


def _brand(request) -> BrandSettings:
    """The brand of the site with this host name, else of the default one, in one query; without any, what a brand begins with."""
    brands = list(BrandSettings.objects.select_related("site", "logo"))
    host = request.get_host().partition(":")[0]
    named = (brand for brand in brands if brand.site.hostname == host)
    found = next(named, None) or next((brand for brand in brands if brand.site.is_default_site), None)
    return found or BrandSettings()


def stylesheet_address(brand) -> str:
    """Where the stylesheet with these colours stands; the address changes with its text."""
    return reverse("stylesheet", args=[stylesheet(brand.declarations).digest])


@lru_cache(maxsize=10)
def objectives(here: str) -> SafeString:
    """The four objectives as links, the same on every page of a language: rendered once, though each page shows them twice."""
    return render_to_string("website/_objectives.html")


@lru_cache(maxsize=500)
def menu(path: str, here: str) -> list[dict]:
    """The items of the main menu in the language at hand, the one that `path` lies under marked as current."""
    items = [{"url": reverse("wagtail_serve", args=[address]), "title": title} for address, title in MENU]
    return [item | {"current": path.startswith(str(item["url"]))} for item in items]


def languages(path: str, here: str) -> list[dict]:
    """This page in every language of the interface; empty where there is one only, so that no choice is shown."""
    return _in_all_languages(path, here) if len(settings.LANGUAGES) > 1 else []


@lru_cache(maxsize=500)
def _in_all_languages(path: str, here: str) -> list[dict]:
    return [
        {"code": code, "name": OWN_NAMES.get(code, code), "url": translate_url(path, code), "current": code == here}
        for code, _name in settings.LANGUAGES
    ]
