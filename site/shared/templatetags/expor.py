"""Tags and filters that every template has at hand."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
DRAWINGS = Path(__file__).parent.parent / "static" / "shared"
# Signs that may stand in an address within double quotes as they are.
SPARED = "/:=',;()"


@cache
def drawing(folder: str, name: str) -> SafeString:
    """The SVG of one of our own files, read once per process; a wrong name is an error of the template's author."""
    return mark_safe((DRAWINGS / folder / f"{name}.svg").read_text().strip())  # noqa: S308 our own file


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "calendar" %}`: an icon of 24 × 24, hidden from screen readers."""
    return drawing("icons", name)


@register.simple_tag
@cache
def favicon() -> SafeString:
    """`{% favicon %}`: the icon of the site as an address that holds it, so that nobody fetches it apart."""
    plain = drawing(".", "favicon").replace('"', "'")
    return mark_safe(f"data:image/svg+xml,{quote(plain, safe=SPARED)}")  # noqa: S308 our own file


@register.simple_tag
def webcal(name: str, *blanks) -> str:
    """`{% webcal "trainings:session-agenda" code %}`: an address of ours for a calendar program to subscribe to."""
    return f"webcal://{settings.SITE_URL.partition('://')[2]}{reverse(name, args=blanks)}"


@register.simple_tag
def sprite(name: str) -> SafeString:
    """`{% sprite "door-1" %}`: the same icon as Wagtail's admin collects them: with an id, and in no size of its own."""
    return mark_safe(drawing("icons", name).replace('width="24" height="24"', f'id="icon-{name}"'))  # noqa: S308 our own file


@register.simple_tag
def illustration(name: str) -> SafeString:
    """`{% illustration "dialoog" %}`: a drawing without meaning of its own."""
    return drawing("illustrations", name)
