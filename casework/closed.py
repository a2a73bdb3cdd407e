"""Where something that casework stands on is missing, nothing opens: a plain page says so, and the log says which kind of thing.

A key that is missing or does not fit; a database that is away, locked, full or read-only; a cache that keeps nothing. What was
asked for is not shown, as nobody could put it on record; what was sent is not kept, and the page gives it back and says so.
"""

import logging
from contextlib import suppress
from importlib.util import find_spec

from django.core.exceptions import SuspiciousOperation
from django.db import InternalError, OperationalError, ProgrammingError
from django.http import QueryDict
from django.shortcuts import render

from .keyring.keys import KeyMissing
from .keyring.sealed import Broken

logger = logging.getLogger(__name__)


class NotKept(Exception):
    """The cache forgot at once what was put in it: attempts can't be counted, so that none is allowed."""


KEYS: tuple[type[Exception], ...] = (KeyMissing, Broken)
# A table that is not there and a server that only reads have errors of their own on PostgreSQL.
STORAGE: tuple[type[Exception], ...] = (OperationalError, InternalError, ProgrammingError, NotKept)
if find_spec("redis"):
    from redis.exceptions import RedisError

    STORAGE += (RedisError,)
SECRET = ("csrfmiddlewaretoken", "credential", "code", "first", "second", "login", "typed")


class FailClosedMiddleware:
    """Turns what a view can't go on without into a page of its own, with 503; outside of views `handler500` does the same."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        return closed(request, error) if is_closed_by(error) else None


def is_closed_by(error: BaseException | None) -> bool:
    """Whether this is no fault of the program, but something missing under it."""
    return isinstance(error, KEYS + STORAGE)


def closed(request, error: BaseException):
    """The page that says so; the log names the kind of fault, and nothing of what it says: that may be anybody's words."""
    logger.error("casework: closed, %s", type(error).__name__)
    context = {"is_key": isinstance(error, KEYS), "was_sent": request.method == "POST", "typed": _typed(request)}
    # Without the request: what the frame asks for may be what is missing.
    return render(None, "casework/closed.html", context, status=503)


def _typed(request) -> list[str]:
    """Sentences that were sent, to be copied; a word or a choice is soon made again, and a password or code is never shown."""
    with suppress(SuspiciousOperation, OSError):
        sent = [request.POST, QueryDict(request.POST.get("typed", ""))]  # the second: what stood on a page that locked itself
        fields = [(name, value) for part in sent for name, values in part.lists() for value in values]
        return [value for name, value in fields if " " in value.strip() and name not in SECRET and "password" not in name]
    return []
