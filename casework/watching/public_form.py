"""Filling in a form of the public site from outside, as a browser would: its cookies, hidden fields, steps and pace."""

import time
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

TIMEOUT = 20
LONGEST = 2 * 1024 * 1024
PARTS = ("input", "textarea", "select", "option", "button")
STEPS = 4  # the form itself, and what it may ask once more before it sends


class FormRefused(Exception):
    """The public form was not there, or did not take what was sent."""


class PublicForm:
    """A form at this address, in a browser without a past, which leaves this site for no other and takes no proxy.

    Casework believes nothing that the public zone says: a page there must not send it to a file, or to a machine next to it.
    """

    def __init__(self, address: str):
        self.address, self.origin = address, _origin(address)
        self.open = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()), _StayHere(self.origin)).open

    def send(self, text: str) -> None:
        """Sends the form with this text in what has to be filled in, until it is taken; raises `FormRefused` or OSError."""
        form = self._get()
        if form is None:
            raise FormRefused("no form")
        for _step in range(STEPS):
            time.sleep(settings.CANARY_WAIT)
            form = self._post(form, text)
            if form is None:
                return
        raise FormRefused("not taken")

    def _get(self) -> "Form | None":
        return self._read(self.address)

    def _post(self, form: "Form", text: str) -> "Form | None":
        return self._read(urljoin(self.address, form.action), text, urlencode(form.filled(text)).encode())

    def _read(self, address: str, text: str = "", body: bytes | None = None) -> "Form | None":
        if _origin(address) != self.origin:
            raise FormRefused("elsewhere")
        request = Request(address, body, {"Referer": self.address} if body else {})  # noqa: S310 the origin was looked at
        with self.open(request, timeout=TIMEOUT) as answer:
            self.address = answer.url
            forms = forms_in(_all_of(answer).decode("utf-8", "replace"))
        return next((form for form in forms if form.asks_for(text)), None)


def _all_of(answer) -> bytes:
    """A page, as far as it is no longer than a page, within its time: one that drips keeps the worker from all else it does."""
    until, found = time.monotonic() + TIMEOUT, b""
    while len(found) < LONGEST and (piece := answer.read1(65536)):
        found += piece
        if time.monotonic() > until:
            raise FormRefused("too slow")
    return found


class _StayHere(HTTPRedirectHandler):
    """Follows redirects within one site."""

    def __init__(self, origin: tuple[str, str]):
        self.origin = origin

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if _origin(newurl) != self.origin:
            raise FormRefused("elsewhere")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


class Form:
    """One form of a page: where it goes, and what a browser would send of it."""

    def __init__(self, action: str):
        self.action = action
        self.values: list[list[str]] = []
        self.to_fill: list[str] = []
        self.button: list[str] | None = None

    def filled(self, text: str) -> list[tuple[str, str]]:
        """What is sent: all as it stands, the text in the first field that must be filled, and the first button."""
        typed = self.to_fill[:1]
        kept = [pair for pair in self.values if pair[0] not in typed]
        pairs = kept + [[name, text] for name in typed] + ([self.button] if self.button else [])
        return [(name, value) for name, value in pairs]

    def asks_for(self, text: str) -> bool:
        """Whether there is still something to write here, or what was written is shown once more."""
        return bool(self.to_fill) or bool(text and any(text in value for _name, value in self.values))


class _Forms(HTMLParser):
    """Collects the forms that are sent by POST."""

    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.area: list[str] | None = None
        self.choice = ""

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        if tag == "form" and facts.get("method", "").lower() == "post":
            self.form = Form(facts.get("action", ""))
            self.forms.append(self.form)
        elif self.form is not None and tag in PARTS:
            getattr(self, f"_{tag}")(facts)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area[1] += data

    def _input(self, facts):
        kind = facts.get("type", "text")
        if kind == "submit":
            self._button(facts)
        elif facts.get("name") and "disabled" not in facts and (kind not in ("radio", "checkbox") or "checked" in facts):
            self.form.values.append([facts["name"], facts.get("value", "on" if kind in ("radio", "checkbox") else "")])

    def _textarea(self, facts):
        self.area = [facts.get("name", ""), ""]
        self.form.values.append(self.area)
        if "required" in facts:
            self.form.to_fill.append(self.area[0])

    def _select(self, facts):
        self.choice = facts.get("name", "")

    def _option(self, facts):
        if "selected" in facts and self.choice:
            self.form.values.append([self.choice, facts.get("value", "")])

    def _button(self, facts):
        if facts.get("name") and self.form.button is None and facts.get("type", "submit") == "submit":
            self.form.button = [facts["name"], facts.get("value", "")]


def forms_in(page: str) -> list[Form]:
    """The forms of a page that are sent by POST."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms
