"""Whole answers for visitors, kept in the process until something public changes.

A visitor is somebody without a session: everyone gets the same page, so it is made once per version and moment, and
sent again from memory after one query, which asks for the version. Processes share nothing but the version counter.
The address says all: its host, its path with the language, and its query.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, wraps
from threading import Lock
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from .models import Version
from .prepared import Prepared

try:
    import brotli
except ImportError:  # it comes along with what makes the PDFs; without it gzip does
    brotli = None

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MOST_BYTES = 16 * 1024 * 1024
LONGEST_ADDRESS = 1000
INDENT = re.compile(rb"\n\s+")
Made = TypeVar("Made")
COPIED = ("Content-Type", "Content-Language", "Content-Disposition", "Link", "X-Robots-Tag", "Cache-Control")


def for_visitors(*names: str, every: timedelta = MINUTE):
    """Decorates a view: visitors get the kept answer until a version in `names` changes or the next `every` begins.

    The view must give all visitors the same: no form with a token, no cookie. Others always get an answer of their own.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if not is_visitor(request):
                return view(request, *args, **kwargs)
            answer = find(request)
            if answer is None:
                # The stamp is taken before the page is made: what changes meanwhile makes it old at once.
                stamp = _stamp(request, names, every)
                response = view(request, *args, **kwargs)
                answer = _answer(request, response, names, every, stamp)
                if answer is None:
                    return response
                _answers.put(_address(request), answer)
            return answer.respond(request)

        return wrapped

    return decorate


class KeptAnswersMiddleware:
    """Gives a visitor the kept answer before anybody asks for session, language or view: they cost more than the answer.

    Stands behind whatever gives every answer its headers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = find(request) if is_visitor(request) else None
        return answer.respond(request) if answer else self.get_response(request)


def find(request) -> "Answer | None":
    """What is kept for this address, unless something changed or its time is over."""
    answer = _answers.get(_address(request))
    return answer if answer and answer.stamp == _stamp(request, answer.names, answer.every) else None


def _address(request) -> tuple[str, str]:
    return request.get_host(), request.get_full_path()


def _stamp(request, names: tuple[str, ...], every: timedelta) -> tuple[int, ...]:
    return (*(number(request, name) for name in names), moment(every))


def is_visitor(request) -> bool:
    """Whether this is somebody reading without a session, for whom a page may be kept."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def number(request, name: str) -> int:
    """The version of `name`, read once per request together with all others."""
    numbers = getattr(request, "_kept_numbers", None)
    if numbers is None:
        numbers = request._kept_numbers = dict(_NUMBERS.rows(timezone.now()))
    return numbers.get(name, 0)


_NUMBERS = Prepared(lambda now: Version.objects.values_list("name", "number"))


def moment(every: timedelta = MINUTE) -> int:
    """Which minute (or hour) it is, counted from long ago."""
    return int(timezone.now().timestamp() // every.total_seconds())


def latest(name: str, stamp: tuple, make: Callable[[], Made]) -> Made:
    """What `make` made for this stamp of versions and moment; kept until somebody comes with another stamp."""
    kept = _latest.get(name)
    if kept is None or kept[0] != stamp:
        kept = _latest[name] = (stamp, make())
    return kept[1]


def forget() -> None:
    """Drops everything: versions only grow, but a test rolls them back."""
    _answers.clear()
    _latest.clear()


@dataclass
class Answer:
    """The body of a page, plain and packed, its headers, and the versions and moment (`stamp`) it was made for."""

    body: bytes
    headers: dict[str, str]
    names: tuple[str, ...]
    every: timedelta
    stamp: tuple[int, ...]

    @property
    def weight(self) -> int:
        """About how many bytes it takes; the packed forms, made later, are less than a third of the plain one."""
        return len(self.body) * 4 // 3 + 1000

    # Packed once for all, when first asked for: what everybody gets holds no secret that its length could tell.
    @cached_property
    def gzip(self) -> bytes:
        """The body as every browser unpacks it."""
        return gzip.compress(self.body, 9, mtime=0)

    @cached_property
    def br(self) -> bytes:
        """A tenth smaller, for browsers that know it."""
        return brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=5)

    @cached_property
    def etag(self) -> str:
        """Of the contents, so that all processes say the same, also when the version changed but the page did not."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    def respond(self, request) -> HttpResponse:
        """The answer in the form that this browser takes, or "not modified"."""
        encoding = _encoding(request.headers.get("Accept-Encoding", ""))
        body = getattr(self, encoding or "body")
        response = HttpResponse(body, headers=self.headers | {"Content-Length": str(len(body))})
        if encoding:
            response["Content-Encoding"] = encoding
        response["ETag"] = self.etag
        # What is for one person's calendar program only says so itself; either way it is asked for again each time.
        response.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return get_conditional_response(request, etag=self.etag, response=response) or response


@dataclass
class _Answers:
    """The last answer of each address, the least used dropped first when all together weigh too much."""

    kept: OrderedDict[tuple, Answer] = field(default_factory=OrderedDict)
    weight: int = 0
    lock: Lock = field(default_factory=Lock)

    def get(self, address: tuple) -> Answer | None:
        with self.lock:
            answer = self.kept.get(address)
            if answer is not None:
                self.kept.move_to_end(address)
            return answer

    def put(self, address: tuple, answer: Answer) -> None:
        with self.lock:
            if before := self.kept.pop(address, None):
                self.weight -= before.weight
            self.kept[address] = answer
            self.weight += answer.weight
            while self.weight > MOST_BYTES:
                self.weight -= self.kept.popitem(last=False)[1].weight

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.weight = 0


_answers = _Answers()
_latest: dict[str, tuple] = {}


def _answer(request, response, names, every: timedelta, stamp: tuple[int, ...]) -> Answer | None:
    """What can be kept of a response; None where it is an error, a redirect, a stream, or meant for one person."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return None
    if not getattr(response, "is_rendered", True):
        response.render()
    if b"csrfmiddlewaretoken" in response.content or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return None
    headers = {name: response[name] for name in COPIED if name in response}
    return Answer(_lean(response), headers, names, every, stamp)


def _lean(response) -> bytes:
    """The page without the indents of its templates, unless spaces may mean something in it."""
    body = response.content
    if not response["Content-Type"].startswith("text/html") or b"<pre" in body or b"<textarea" in body:
        return body
    return INDENT.sub(b"\n", body)


def _encoding(accepted: str) -> str:
    """The best of the encodings that the browser takes."""
    if brotli and "br" in accepted.replace(" ", "").split(","):
        return "br"
    return "gzip" if "gzip" in accepted else ""
