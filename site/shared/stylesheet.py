"""One stylesheet for the whole site: the layers in their order, then the brand's colours."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static

LAYERS = ["tokens", "base", "layout", "components", "print"]
FOLDER = Path(__file__).parent / "static" / "shared"


@dataclass(frozen=True)
class Stylesheet:
    """The text of a stylesheet and the hash that names it; who links to the hash may keep it for ever."""

    body: bytes
    packed: bytes
    digest: str


def stylesheet(brand: str = "") -> Stylesheet:
    """The layers with the declarations of `brand` after them; read once per process, anew each time in development."""
    return _build(brand) if settings.DEBUG else _built(brand)


def _build(brand: str) -> Stylesheet:
    text = "\n".join((FOLDER / "css" / f"{layer}.css").read_text() for layer in LAYERS)
    body = f"{_with_static_urls(text)}\n:root {{ {brand} }}\n".encode()
    return Stylesheet(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:16])


_built = lru_cache(maxsize=8)(_build)


def _with_static_urls(text: str) -> str:
    # The font is the only file that the layers name; its hashed address is known to the storage, not to the text.
    for font in (FOLDER / "fonts").glob("*.woff2"):
        text = text.replace(f"../fonts/{font.name}", static(f"shared/fonts/{font.name}"))
    return text


def serve(request, sheet: Stylesheet) -> HttpResponse:
    """The stylesheet, packed where the browser takes that, to be kept for a year."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.packed if packed else sheet.body, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
