"""The catalogue with nothing kept: a program of its own that asks it through WSGI and prints the median in milliseconds."""

import importlib
import io
import json
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable

ROUNDS = 60


def main() -> None:
    """Makes the whole page anew each time; prints the median in milliseconds."""
    application = _application()
    times = []
    for _round in range(ROUNDS):
        _forget_everything()
        times.append(_milliseconds(lambda: _ask(application, "/vormingen/")))
    json.dump(statistics.median(times[5:]), sys.stdout)


def _application():
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def _forget_everything() -> None:
    from shared import kept_answers
    from trainings import catalogue

    kept_answers.forget()
    for module in pkgutil.iter_modules(catalogue.__path__):
        for kept in vars(importlib.import_module(f"trainings.catalogue.{module.name}")).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


def _milliseconds(ask: Callable[[], None]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _ask(application, path: str) -> None:
    status: list[str] = []
    b"".join(application(_environment(path), lambda code, headers: status.append(code)))
    if not status[0].startswith("200"):
        raise RuntimeError(f"{path} answered {status[0]}")


def _environment(path: str) -> dict:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost:8000", "HTTP_ACCEPT_ENCODING": "gzip", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip


if __name__ == "__main__":
    main()
