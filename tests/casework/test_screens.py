"""Every page of this zone is among those that are looked at in a browser."""

from django.urls import resolve
from django.urls.resolvers import URLPattern

from casework import urls
from tests.browser.casework_screens import SCREENS

# Files and what only takes a POST.
NO_PAGES = {
    *("take", "answer", "subject-hold", "hand-over-stop", "hand-over-answer", "proposal-withdraw", "alarm-acknowledge"),
    "log-export",
}
# Seen on the way of a walk: a proposal has to be made first.
WALKED = {"proposal"}
THINGS = dict.fromkeys(("referral", "told", "closed"), "0c6f2f3a-9f0e-4f4e-8a55-1f7f2d2f0a11") | {"person": 1}


def names(patterns) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= {pattern.name} if isinstance(pattern, URLPattern) else names(pattern.url_patterns)
    return found


def test_every_page_of_casework_is_looked_at():
    asked = {resolve(path).url_name for path in _paths()}
    assert names(urls.urlpatterns) - asked == NO_PAGES | WALKED


def _paths() -> list[str]:
    addresses = {screen.address.format(**THINGS).partition("?")[0] for screen in SCREENS}
    return sorted(addresses - {"/bestaat-niet/"})
