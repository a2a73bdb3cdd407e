"""The last mail to somebody who was removed."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from shared import outbox


def removed(address: str) -> None:
    """What was removed, in general words: no name, and nothing of what it was."""
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("website/mail/data_removed.txt", {"site_url": settings.SITE_URL}).strip() + "\n"
        outbox.queue(kind="data_removed", to=address, subject=_("Your data are removed"), text=text)
