"""Every form and every address of casework as somebody finds it: each role, who is on the way in, and who is locked."""

import time
from dataclasses import dataclass
from http.cookies import SimpleCookie

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.urls import reverse

from casework.entrance import codes, invitations, session_clock, step_up
from tests.casework.access_table import ADMIN, CLOSED, MANAGER, OFFICER, STRANGER, TABLE
from tests.casework.client import SignedClient
from tests.casework.everything import addresses, enter
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import LOGIN, PASSWORD, SECOND, SEED
from tests.casework.test_access_matrix import theirs
from tests.people.codes import app_code
from tests.website.forms_on_pages import Form, forms_on

PASSED, INVITED, LOCKED, WAITED = "knows the password", "has a code", "locked", "proved it long ago"
INSIDE = [MANAGER, ADMIN, OFFICER]
# What no browser can tell of a field.
KNOWN_ONLY_TO_PEOPLE = {
    "casework:proposal": {"decision": ["approve"]},
    "casework:hand-over": {"at_once": ["1"]},
    "account_reauthenticate": {"password": [PASSWORD]},
    "account_change_password": {"oldpassword": [PASSWORD]},
    "mfa_reauthenticate": {"code": [app_code(SEED)]},
}


@dataclass(frozen=True)
class Target:
    """A form or an address, by its name, as somebody finds it."""

    name: str
    role: str
    form: Form


class Browser:
    """One client of Django that is somebody else each time."""

    def __init__(self, things: dict):
        self.client, self.cookies = SignedClient(), {STRANGER: SimpleCookie()}
        for role in INSIDE:
            self._as(role, enter(self.client, role, things) and {"account_authentication_methods": self._proved()})
        self._begin()
        self.client.post(LOGIN, {"login": things["people"][MANAGER].email, "password": PASSWORD})
        self.cookies[PASSED] = self.client.cookies
        self._begin()
        self._come_in(things)
        self.cookies[INVITED] = self.client.cookies
        self._begin()
        enter(self.client, MANAGER, things)
        self._as(LOCKED, {session_clock.LOCKED: True})
        enter(self.client, MANAGER, things)
        self._as(WAITED, {METHODS: [{"method": "mfa", "type": "totp", "at": time.time() - step_up.FRESH_FOR}]})

    def _begin(self) -> None:
        self.client.cookies = SimpleCookie()

    def _proved(self) -> list[dict]:
        return [record | {"reauthenticated": True} for record in self.client.session[METHODS]]

    def _as(self, role: str, kept: dict) -> None:
        """Keeps this session, with this in it, as that of somebody."""
        session = self.client.session
        session.update(kept)
        session.save()
        self.cookies[role] = self.client.cookies
        self._begin()

    def _come_in(self, things: dict) -> None:
        admin, other = (AccountFactory(roles=["administrator"]) for _number in range(2))
        who = {"email": "sofie@stad.demo", "first_name": "Sofie", "last_name": "Nieuw", "roles": ["case_manager"]}
        proposed, first = invitations.invite(**who, by=admin)
        _approved, second = invitations.approve(proposed.pk, by=other)
        typed = {"email": who["email"], "first": codes.shown(first), "second": codes.shown(second)}
        assert self.client.post(reverse("account_invitation"), typed).status_code == 302

    def open(self, role: str, address: str):
        """A page, as this person gets it."""
        self.client.cookies = SimpleCookie(self.cookies[role])
        return closed(self.client.get(address))

    def send(self, target: Target, address: str, body: str, **more: str):
        """Sends this as this person."""
        self.client.cookies = SimpleCookie(self.cookies[target.role])
        if target.form.method == "get":
            return closed(self.client.get(f"{address}?{body}", **more))
        return closed(self.client.post(address, body, content_type="application/x-www-form-urlencoded", **more))


def closed(response):
    """The answer with its files closed by hand: `response.close()` would end the test's connection to the database too."""
    for close in response._resource_closers:
        close()
    return response


def targets(browser: Browser, things: dict) -> list[Target]:
    """Every form and every address with parameters, for everybody who gets that far."""
    opened = addresses(things) | {name: address for name, address in theirs().items() if name not in CLOSED}
    found = [target for role in (STRANGER, *INSIDE) for target in _targets_of(browser, role, opened)]
    found += _targets_of(browser, PASSED, {"mfa_authenticate": SECOND})
    found[-1].form.fields["code"] = [app_code(SEED)]
    found += _targets_of(browser, INVITED, {"account_invitation_password": opened["account_invitation_password"]})
    for role, name in ((LOCKED, "account_unlock"), (WAITED, "account_step_up")):
        found += _targets_of(browser, role, {name: opened[name]})
        found[-1].form.fields["code"] = [app_code(SEED)]
        # What is sent too late is kept, and stands there again: the same forms as of who is in.
        found += [Target(one.name, role, one.form) for one in found if one.role == MANAGER and one.form.method == "post"]
    for target in found:
        target.form.fields |= KNOWN_ONLY_TO_PEOPLE.get(target.name, {})
    return found


def _targets_of(browser: Browser, role: str, opened: dict[str, str]) -> list[Target]:
    forms: dict[tuple[str, str], Form] = {}
    for address in opened.values():
        response = browser.open(role, address)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            for form in forms_on(response.content.decode(), address):
                forms.setdefault((form.method, form.address), form)
    found = []
    for name, address in opened.items():
        row = TABLE.get(name)
        for method in ("get", "post"):
            if row is None or role not in (STRANGER, *INSIDE) or role in (getattr(row, method) or ()):
                found.append(Target(name, role, forms.get((method, address), Form(address, method))))
    return found
