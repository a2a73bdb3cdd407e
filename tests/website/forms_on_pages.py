"""The forms that stand on our pages: the names of their fields, and something that fits in each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

BY_KIND = {"email": "els@school.demo", "number": "3", "url": "https://school.demo/", "time": "09:30", "password": "een wachtwoord"}
# The field that only robots fill in stays empty.
BY_NAME = {"domains": "school.be", "nickname": " "}
LEFT_ALONE = ("submit", "button", "image", "reset", "file", "search")
IN_A_ROW = re.compile(r"-\d+-")


@dataclass
class Form:
    """One form: where it leads, how, and for each name what fits; `file` names the field for a file."""

    address: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    file: str = ""

    def add(self, name: str, values: list[str]) -> None:
        """One field more, or one more value of a field that is there."""
        if name and name != "csrfmiddlewaretoken":
            self.fields[name] = [*self.fields.get(name, []), *values]


def forms_on(html: str, address: str) -> list[Form]:
    """All forms of this page."""
    reader = _Reader(address)
    reader.feed(html)
    for owner, name, values in reader.elsewhere:
        if owner in reader.named:
            reader.named[owner].add(name, values)
    return reader.forms


class _Reader(HTMLParser):
    """Walks over a page, and notes each form and what can be filled in."""

    def __init__(self, address: str):
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.elsewhere: list[tuple[str, str, list[str]]] = []
        self.open: Form | None = None
        self.select: dict = {}
        self.options: list[str] = []
        self.chosen: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            leads = urlsplit(urljoin(self.address, given.get("action", ""))).path
            self.open = Form(leads, given.get("method", "get").lower())
            self.forms.append(self.open)
            self.named[given.get("id", "")] = self.open
        elif tag == "select":
            self.select, self.options, self.chosen = given, [], []
        elif tag == "option" and given.get("value"):
            (self.chosen if "selected" in given else self.options).append(given["value"])
        elif tag in ("input", "textarea", "button"):
            self._note(given, list(_fits(tag, given)))

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            # In a row that may stay empty nothing is chosen, unless it was before.
            in_a_row = IN_A_ROW.search(self.select.get("name", ""))
            self._note(self.select, self.chosen or ([] if in_a_row else self.options))

    def _note(self, given: dict, values: list[str]) -> None:
        if "form" in given:
            self.elsewhere.append((given["form"], given.get("name", ""), values))
        elif self.open:
            self.open.add(given.get("name", ""), values)
            if given.get("type") == "file":
                self.open.file = given["name"]


def _fits(tag: str, given: dict) -> Iterator[str]:
    """What somebody might well fill in; a button, an empty row, a box without a tick and what is not sent are left alone."""
    kind = given.get("type", "text")
    if tag == "button" or "readonly" in given or kind in LEFT_ALONE or (kind == "checkbox" and "checked" not in given):
        return
    if given.get("value"):
        yield given["value"]
    elif kind != "hidden" and (fits := BY_NAME.get(given["name"]) or (not IN_A_ROW.search(given["name"]) and _by_kind(kind))):
        yield fits


def _by_kind(kind: str) -> str:
    soon = timezone.localtime() + timedelta(days=40)
    moments = {"checkbox": "on", "date": soon.date().isoformat(), "datetime-local": f"{soon:%Y-%m-%dT%H:%M}"}
    return (moments | BY_KIND).get(kind, "Els")
