"""What a new installation begins with: the pages that addresses and menus count on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from trainings.models import CataloguePage
from website.models import ContactPage, ContentPage, HomePage, MayITellPage

TEXT_PAGES = [("over-ons", "Over ons"), ("toegankelijkheid", "Toegankelijkheid"), ("privacy", "Privacy")]


@transaction.atomic
def lay_out() -> HomePage:
    """The home page with the catalogue, the contact point and the pages of text under it; makes only what is missing."""
    home = HomePage.objects.first() or _home()
    _give_address(home)
    _child(home, CataloguePage, "vormingen", "Vormingen")
    _child(home, ContactPage, "aanspreekpunt", "Aanspreekpunt")
    if contact := ContactPage.objects.first():
        _child(contact, MayITellPage, "mag-ik-dit-melden", "Mag ik dit melden?", show_in_menus=False)
    for slug, title in TEXT_PAGES:
        _child(home, ContentPage, slug, title)
    return home


def _home() -> HomePage:
    # Wagtail's own migration leaves a page of welcome behind, under the slug that ours takes.
    Page.objects.filter(depth=2, slug="home").delete()
    return Page.get_first_root_node().add_child(instance=HomePage(title="EXPO-R", slug="home"))


def _give_address(home: HomePage) -> None:
    # The address is a setting; Wagtail keeps its own copy of it, for links in the editor.
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    fields = {"hostname": address.hostname, "port": port, "root_page": home}
    Site.objects.update_or_create(is_default_site=True, defaults=fields, create_defaults=fields | {"site_name": "EXPO-R"})


def _child(parent: Page, page_class, slug: str, title: str, *, show_in_menus: bool = True) -> None:
    if not parent.get_children().filter(slug=slug).exists():
        parent.add_child(instance=page_class(title=title, slug=slug, show_in_menus=show_in_menus))
