"""What is written down for everybody is in the site's language, whoever's screen or worker causes it."""

from django.conf import settings
from django.utils import translation


def in_site_language():
    """Within this, texts are in the site's language."""
    return translation.override(settings.LANGUAGE_CODE)


def in_dutch(text) -> str:
    """A text of ours as history keeps it: in the site's language, whoever's screen it comes from."""
    with in_site_language():
        return str(text)
