"""What the frame around every page needs: the brand, the stylesheet's address and the menu."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from shared.stylesheet import stylesheet

from .models import BrandSettings

MENU = [("/vormingen/", _("Trainings")), ("/over-ons/", _("About us")), ("/aanspreekpunt/", _("Contact point"))]


def frame(request) -> dict:
    """Context of every page of the public zone; each part is made when a template asks for it."""
    brand = SimpleLazyObject(lambda: BrandSettings.for_request(request))
    return {
        "brand": brand,
        "stylesheet_url": SimpleLazyObject(lambda: stylesheet_address(brand)),
        "nav_items": SimpleLazyObject(lambda: menu(request.path)),
    }


def stylesheet_address(brand) -> str:
    """Where the stylesheet with these colours stands; the address changes with its text."""
    return reverse("stylesheet", args=[stylesheet(brand.declarations).digest])


def menu(path: str) -> list[dict]:
    """The items of the main menu, the one that `path` lies under marked as current."""
    return [{"url": url, "title": title, "current": path.startswith(url)} for url, title in MENU]
