"""Somebody at the pages of a zone, as a browser behind the proxy: cookies, hidden fields, and a list of every address seen."""

import html
import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from casework.watching.public_form import Form, forms_in


@dataclass
class Page:
    """An answer: where it was, its status and what stands in it."""

    url: str
    status: int
    text: str

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)
        return html.unescape(found[1]).strip() if found else ""

    def form(self, *names: str) -> Form:
        """The form of this page that has all these fields."""
        return next(each for each in forms_in(self.text) if set(names) <= {name for name, _value in each.values})


@dataclass
class Visitor:
    """A browser of its own; `urls` are all addresses it asked for or was sent to, `titles` those of the pages it saw."""

    port: int
    host: str
    network: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    page: Page | None = None

    def get(self, path: str) -> Page:
        return self._went("GET", path)

    def post(self, path: str, data: dict, *names: str) -> Page:
        """Opens nothing first: sends the form of the page at hand that has these fields, filled in further with `data`."""
        form = self.page.form("csrfmiddlewaretoken", *names)
        left = [(name, value) for name, value in form.values if name not in data]
        pairs = left + [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
        return self._went("POST", path, urlencode(pairs).encode())

    def fill_in(self, path: str, data: dict, *names: str) -> Page:
        """Opens this page and sends the form with these fields, or with the first one of `data`."""
        self.get(path)
        return self.post(path, data, *(names or list(data)[:1]))

    def _went(self, verb: str, path: str, body: bytes | None = None) -> Page:
        for _redirect in range(6):
            status, headers, text = self._ask(verb, path, body)
            self.page = Page(path, status, text)
            self.titles.append(self.page.title)
            if status not in (301, 302, 303):
                return self.page
            self.urls.append(headers["Location"])
            target = urlsplit(urljoin(f"https://{self.host}{path}", headers["Location"]))
            verb, path, body = "GET", target.path + (f"?{target.query}" if target.query else ""), None
        raise AssertionError(f"sent around in circles: {path}")

    def _ask(self, verb: str, path: str, body: bytes | None):
        self.urls.append(path)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(verb, path, body, self._headers(path, body))
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def _headers(self, path: str, body: bytes | None) -> dict[str, str]:
        came_from = self.page.url if self.page else path
        headers = {
            "Host": self.host,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.network,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"https://{self.host}{came_from}",
        }
        return headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
