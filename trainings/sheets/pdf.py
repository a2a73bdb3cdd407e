"""The attendance sheets as a PDF, made from the page that a browser would print."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from ctypes import CDLL
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string

from .facts import AttendanceSheet
from .paper import Page

CONTENT_TYPE = "application/pdf"
CONTENT_TYPES = {".css": "text/css", ".woff2": "font/woff2"}
# Nothing answers there: addresses are resolved against it, and only our own files are then read.
NOWHERE = "https://static.invalid"

# What Debian, Windows and macOS call them; the second brings the fonts.
PANGO = (
    ("libpango-1.0.so.0", "libpango-1.0-0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "libpangoft2-1.0.dylib"),
)

# They would tell each of their steps, for each sheet.
for _name in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Whether Pango stands on this machine; looked for without WeasyPrint, which takes half a second to load."""
    return all(_opens(library) for library in PANGO)


def context(sheets: Iterable[AttendanceSheet], title: str) -> dict:
    """What the template of the sheets wants."""
    return {"title": title, "sheets": [Page(sheet) for sheet in sheets]}


def write(sheets: Iterable[AttendanceSheet], file, *, title: str) -> None:
    """Writes one PDF, in which each sheet counts its own pages."""
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetch = FontConfiguration(), _fetcher()
    documents = [_document(sheet, title, fonts, fetch) for sheet in sheets]
    pages = [page for document in documents for page in document.pages]
    documents[0].copy(pages).write_pdf(file, pdf_tags=True)


def _opens(names: tuple[str, ...]) -> bool:
    for name in names:
        with suppress(OSError):
            return bool(CDLL(name))
    return False


def _document(sheet: AttendanceSheet, title: str, fonts, fetch):
    from weasyprint import HTML

    html = render_to_string("trainings/sheets/attendance.html", context([sheet], title))
    return HTML(string=html, base_url=NOWHERE, url_fetcher=fetch).render(font_config=fonts)


def _fetcher():
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Reads our own static files, and stops at anything else: no request leaves this machine."""

        def fetch(self, url, headers=None):
            path = own_file(url)
            if path is None:
                raise FatalURLFetchingError(f"Not a static file of ours: {url}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES.get(path.suffix, "")})

    return OwnFiles()


def own_file(url: str) -> Path | None:
    """The static file behind an address on `NOWHERE`; None for all else."""
    static = urljoin(NOWHERE, settings.STATIC_URL)
    if not url.startswith(static):
        return None
    name = unquote(urlsplit(url).path.removeprefix(urlsplit(static).path))
    try:
        found = finders.find(name)
        if not found and staticfiles_storage.exists(name):
            # Collected under a name with a hash, which only the storage knows.
            found = staticfiles_storage.path(name)
    except SuspiciousFileOperation:
        return None
    return Path(found) if found else None
