"""Old addresses that lead on, in whichever language of the interface somebody comes along.

Wagtail writes an old address down in the language of whoever moved the page, and the page tree is the same in all of them.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import translate_url
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect


class RedirectMiddleware:
    """Asks for a redirect only where nothing was found."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        found = next(filter(None, (get_redirect(request, path) for path in _paths(request))), None)
        # A page that was renamed there and back is redirected to itself once it is withdrawn.
        if found is None or found.link in (None, request.path):
            return response
        return (HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect)(found.link)


def _paths(request) -> Iterator[str]:
    """The address with its query and without, as it was asked for and in the other languages."""
    full = request.get_full_path()
    for address in dict.fromkeys([full, urlsplit(full).path]):
        in_languages = (translate_url(address, code) for code, _name in settings.LANGUAGES)
        for path in dict.fromkeys([address, *in_languages]):
            yield Redirect.normalise_path(path, decode_unicode=False)
