"""Every form and every address of ours as somebody finds it: a visitor, a partner, the team, and who is on the way in."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote_from_bytes

from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.access import PARTNER, REVIEWER, TABLE, VISITOR
from tests.knowledge.factories import MembershipFactory
from tests.people.codes import app_code, mailed_code
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.website.everything import enter
from tests.website.forms_on_pages import Form, forms_on

PASSWORD, SEED = "een lang wachtwoord", "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"
ACCOUNT = ["account_name", "account_login", "account_login_password", "account_reset_password", "account_email", "account_logout"]
ACCOUNT += ["account_change_password", "account_set_password", "account_reauthenticate", "usersessions_list"]
ACCOUNT += ["mfa_activate_totp", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_generate_recovery_codes"]
# Who is on the way in: what was sent from a page, and to which page that led.
ON_THE_WAY = {
    "asked for a code": ("account_login", {"email": "noor@school.demo"}, "account_confirm_login_code"),
    "forgot a password": ("account_reset_password", {"email": "ilse@school.demo"}, "account_confirm_password_reset_code"),
    "knows a password": ("account_login_password", {"login": "ilse@school.demo", "password": PASSWORD}, "mfa_authenticate"),
}


# What no browser can tell of a field, and the button that does it after a look.
KNOWN_ONLY_TO_PEOPLE = {
    "organise:mail-all": {"send": ["1"]},
    "organise:mail-text": {"save": ["1"]},
    "organise:change": {"invited": ["noor@school.demo\njef@school.demo"]},
    "trainings:booking-cancel": {"unnamed": ["1"]},
    "schoolvakanties:add": {"first_day": ["2030-02-04"], "last_day": ["2030-02-10"]},
    "schoolvakanties:edit": {"first_day": ["2030-02-04"], "last_day": ["2030-02-10"]},
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
        _a_member_with_an_app()
        self.client, self.cookies, self.codes = Client(), {VISITOR: SimpleCookie()}, {}
        for role in (PARTNER, REVIEWER):
            self.client.cookies = SimpleCookie()
            enter(self.client, role, things)
            self._prove_again()
            self.cookies[role] = self.client.cookies
        for role, (page, sent, _to) in ON_THE_WAY.items():
            self.client.cookies = SimpleCookie()
            self.client.post(reverse(page), sent)
            self.cookies[role] = self.client.cookies
            self.codes[role] = app_code(SEED) if "password" in sent else mailed_code(sent["email"])

    def _prove_again(self) -> None:
        session = self.client.session
        session["account_authentication_methods"][0]["reauthenticated"] = True
        session.save()

    def open(self, role: str, address: str):
        """A page, as this person gets it."""
        self.client.cookies = SimpleCookie(self.cookies[role])
        return closed(self.client.get(address))

    def send(self, target: Target, address: str, sent: dict[str, list[str]], file: bytes = b""):
        """Sends these fields as this person; characters that are no text arrive as the bytes they would be."""
        self.client.cookies = SimpleCookie(self.cookies[target.role])
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, values in sent.items() for value in values)
        if target.form.method == "get":
            return closed(self.client.get(f"{address}?{body}"))
        if target.form.file:
            return closed(self.client.post(address, {target.form.file: ContentFile(file, name="catalogus.xlsx")}))
        return closed(self.client.post(address, body, content_type="application/x-www-form-urlencoded"))


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def closed(response):
    """The answer with its files closed by hand: `response.close()` would end the test's connection to the database too."""
    for close in response._resource_closers:
        close()
    return response


def targets(browser: Browser, things: dict) -> list[Target]:
    """Every form and every address with parameters, for a visitor, a partner and the team."""
    opened = {name: reverse(name, args=row.blanks(things)) for name, row in TABLE.items()}
    opened |= {name: reverse(name) for name in ACCOUNT}
    del opened["favicon"]  # leads elsewhere for good, and takes nothing
    # A colleague who can take a booking over.
    MembershipFactory(organisation=things["organisation_object"])
    # One more session that has seats for who comes, and one that is over, whose attendance can be noted.
    free, over = SessionFactory(), SessionFactory(days=-3)
    more = {name: reverse(name, args=[over.pk]) for name in ("organise:attendance", "organise:walk-in", "organise:close")}
    more["trainings:booking-create"] = reverse("trainings:booking-create", args=[free.code])
    everybody = [(role, some) for role in (VISITOR, PARTNER, REVIEWER) for some in (opened, more)]
    found = [target for role, some in everybody for target in _targets_of(browser, role, some)]
    for role, (_page, _sent, to) in ON_THE_WAY.items():
        found += _targets_of(browser, role, {to: reverse(to)})
        found[-1].form.fields["code"] = [browser.codes[role]]
    for target in found:
        target.form.fields |= KNOWN_ONLY_TO_PEOPLE.get(target.name, {})
    return found


def _targets_of(browser: Browser, role: str, opened: dict[str, str]) -> list[Target]:
    forms: dict[tuple[str, str], Form] = {}
    for address in opened.values():
        response = browser.open(role, address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            for form in forms_on(response.content.decode(), address):
                forms.setdefault((form.method, form.address), form)
    found = []
    for name, address in opened.items():
        row = TABLE.get(name)
        for method in ("get", "post"):
            if row is None or role in (getattr(row, method) or ()):
                found.append(Target(name, role, forms.get((method, address), Form(address, method))))
    return found


def _a_member_with_an_app() -> None:
    """Somebody of the team whose password leads to the second step."""
    user = UserFactory(email="ilse@school.demo", groups=["Organisatoren"])
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SEED)
