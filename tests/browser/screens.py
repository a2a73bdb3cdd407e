"""Every page of our own, and how somebody gets there: what a walk over all of them needs.

A page of the table of access (`tests/access.py`) is here by itself, and so is what it says when somebody sends its form empty.
What takes more than an address to see stands in `screens_further.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.urls import reverse
from playwright.sync_api import expect

from tests.access import ADMIN, COORDINATOR, PARTNER, REVIEWER, TABLE, VISITOR
from tests.browser.walk import ADMINISTRATOR, BOOKER, NOBODY, ORGANISATION, TEAM, Walk

# Answers to GET that are no pages: files, parts of a page, and older names of an address.
NO_PAGES = {
    *("live", "ready", "stylesheet", "sitemap", "robots", "security-contact", "favicon"),
    *("trainings:news", "trainings:drawings", "trainings:calendar-feed", "trainings:training-agenda"),
    *("trainings:session-agenda", "trainings:booking-agenda", "trainings:feed", "trainings:organisation-export"),
    *("website:own-data-export", "website:look-again"),
    *("organise:sessions-results", "website_questions:results"),
    *(f"{name}:index_results" for name in ("lesgevers", "locaties", "organisaties", "leden", "themas", "sectoren")),
    "schoolvakanties:index_results",
    *("trainings_sheets:xlsx-many", "trainings_sheets:pdf-many", "trainings_sheets:xlsx", "trainings_sheets:pdf"),
    *("catalogue_import:catalogue", "catalogue_import:template", "chosen-pages"),
    *("account_signup", "account_request_login_code", "mfa_login_webauthn", "mfa_download_recovery_codes"),
}
# Forms that take it when nothing is filled in: they delete, decide or save, and say so.
NOTHING_TO_FILL_IN = {
    *("organise:attendance", "organise:cancel-participants", "organise:delete", "organise:mail-text"),
    *("organise:decide", "organise:name-seats", "organise:move-participants", "schoolvakanties:delete"),
    *("trainings:booking-names", "trainings:booking-refuse", "trainings:offer", "trainings:seat-give-back"),
    "website:own-data-remove",  # who booked for colleagues is asked to look after them first
    *("organise:trainer-feed", "website_questions:forget", "partners:organisation", "partners:member", "leden:edit"),
    *("partners_merging:merge", "network:member"),
    *(f"{name}:delete" for name in ("lesgevers", "locaties", "organisaties", "leden", "themas", "sectoren")),
}
ERRORS = "[aria-invalid=true], .error-message, .help-critical, [role=alert]"
# Pages of the account that open by their address, for whom, and which of them have a form to send empty.
FORMS_OF_ACCOUNT = {
    NOBODY: ["account_login", "account_login_password", "account_reset_password"],
    BOOKER: ["account_email", "account_change_password", "account_reauthenticate", "mfa_activate_totp"],
    TEAM: ["mfa_reauthenticate"],
}
ACCOUNT = {
    NOBODY: ["account_inactive", "account_password_reset_completed"],
    BOOKER: ["account_logout", "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list"],
    TEAM: ["mfa_deactivate_totp", "mfa_generate_recovery_codes"],
}
TREE = ["/", "/over-ons/", "/aanspreekpunt/", "/toegankelijkheid/", "/privacy/"]


@dataclass(frozen=True)
class Screen:
    """A page, who looks at it, and how to get there."""

    name: str
    who: str
    show: Callable[[Walk], None]

    def __str__(self) -> str:
        return self.name


# What these pages have to be told in their address before there is anything to see.
PERIOD = f"?van={date.today()}&tot={date.today() + timedelta(days=60)}"
WITH = {"organise:cancel-participants": "?deelnemer={participant}", "trainings_sheets:print-many": PERIOD}
WITH["trainings_sheets:xlsx-many"] = PERIOD
WITH["organise:move-participants"] = WITH["organise:cancel-participants"]
WITH |= {f"organise:bulk-{name}": "?sessie={session}" for name in ("cancel", "mail", "trainers")}


def address_of(name: str, things: dict) -> str:
    """Where this page of the table, or of the account, stands."""
    return reverse(name, args=TABLE[name].blanks(things) if name in TABLE else [])


def _open(name: str, walk: Walk) -> None:
    address = address_of(name, walk.things)
    walk.open(address + WITH.get(name, "").format(**walk.things))
    assert walk.page.url.removeprefix(walk.demo.url).partition("?")[0] == address


def _open_and_send_empty(name: str, walk: Walk) -> None:
    _open(name, walk)
    walk.send_empty()
    expect(walk.page.locator(ERRORS).first).to_be_attached()


def _looks(name: str) -> str:
    roles = TABLE[name].get
    if VISITOR in roles:
        return NOBODY
    if ADMIN in roles and REVIEWER not in roles:
        return ADMINISTRATOR
    return BOOKER if PARTNER in roles else ORGANISATION if COORDINATOR in roles else TEAM


PAGES = [name for name, row in TABLE.items() if row.get and name not in NO_PAGES]
FORMS = [name for name in PAGES if TABLE[name].post and name not in NOTHING_TO_FILL_IN]
SCREENS = [
    *(Screen(name, _looks(name), partial(_open, name)) for name in PAGES),
    *(Screen(f"{name}, sent empty", _looks(name), partial(_open_and_send_empty, name)) for name in FORMS),
    *(Screen(name, who, partial(_open, name)) for who in ACCOUNT for name in ACCOUNT[who] + FORMS_OF_ACCOUNT[who]),
    *(Screen(f"{name}, sent empty", who, partial(_open_and_send_empty, name)) for who in ACCOUNT for name in FORMS_OF_ACCOUNT[who]),
    *(Screen(address, NOBODY, lambda walk, address=address: walk.open(address)) for address in TREE),
]


def screen(who: str = NOBODY):
    """Adds what this function shows; its name says what one sees."""

    def add(show: Callable[[Walk], None]):
        SCREENS.append(Screen(show.__name__, who, show))
        return show

    return add


def at(address: str, what: str, who: str = NOBODY) -> None:
    """Adds an address, with blanks by name."""
    SCREENS.append(Screen(what, who, lambda walk: walk.open(address.format(**walk.things))))
