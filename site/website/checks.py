"""System checks of the site: what a setting or an editor could get wrong without noticing."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from .contrast import ratio
from .models.brand import READABLE, WHITE, BrandSettings

CLOSED: dict[str, object] = {
    "WAGTAIL_ENABLE_UPDATE_CHECK": False,
    "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
    "WAGTAIL_PASSWORD_RESET_ENABLED": False,
    "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
    "WAGTAILEMBEDS_FINDERS": [],
    "WAGTAILDOCS_SERVE_METHOD": "serve_view",
}


@register(Tags.security)
def side_doors_are_closed(app_configs, **kwargs) -> list[Error]:
    """Wagtail opens these by default; each one lets something in or out that has no business there."""
    return [
        Error(f"{name} must be {value!r}.", hint="See website/settings/public.py.", id="website.E001")
        for name, value in CLOSED.items()
        if getattr(settings, name, "unset") != value
    ]


@register(Tags.security)
def no_drawings_are_uploaded(app_configs, **kwargs) -> list[Error]:
    """An SVG is a program: it stays among the uploads that are refused."""
    names = ("WAGTAILIMAGES_EXTENSIONS", "WAGTAILDOCS_EXTENSIONS")
    return [Error(f"{name} must not hold svg.", id="website.E002") for name in names if "svg" in getattr(settings, name, ["svg"])]


@register(Tags.compatibility)
def default_colour_is_readable(app_configs, **kwargs) -> list[Warning]:
    """The colour that a new installation begins with passes the check that editors have to pass."""
    colour = BrandSettings._meta.get_field("colour").default
    if ratio(colour, WHITE) >= READABLE:
        return []
    return [Warning(f"White text on the default colour {colour} is hard to read.", id="website.W001")]
