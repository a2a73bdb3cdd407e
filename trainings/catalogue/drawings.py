"""The drawings of the themes as one file to point at, so that a page with forty cards does not hold them itself."""

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from shared.templatetags.expor import DRAWINGS

FOLDER = DRAWINGS / "illustrations"
PLAIN = "dialoog"
# The classes of the stylesheet do not reach into another file, its custom properties do.
INKS = {
    "p": 'fill="var(--drawing-pale)"',
    "m": 'fill="var(--drawing-mid)"',
    "d": 'fill="var(--drawing-deep)"',
    "w": 'fill="var(--drawing-warm)"',
    "g": 'fill="var(--drawing-ground)"',
    "l": 'fill="none" stroke="var(--drawing-deep)" stroke-width="6"',
    "o": 'opacity="0.45"',
}
SIZE = 'viewBox="0 0 400 200"'
SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)
CLASSES = re.compile(r'class="([a-z ]+)"')


class Sheet(NamedTuple):
    """All drawings as symbols, and the hash that names the file."""

    body: bytes
    digest: str


@lru_cache(maxsize=1)
def sheet() -> Sheet:
    """Made once per process from the files of the drawings."""
    symbols = "".join(_symbol(file) for file in sorted(FOLDER.glob("*.svg")) if SIZE in file.read_text())
    body = f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()
    return Sheet(body, hashlib.sha256(body).hexdigest()[:16])


def _symbol(file) -> str:
    inner = SVG.search(file.read_text())[1]
    drawn = CLASSES.sub(lambda found: " ".join(INKS[name] for name in found[1].split() if name in INKS), inner)
    return f'<symbol id="{file.stem}" {SIZE} preserveAspectRatio="xMidYMid slice">{drawn}</symbol>'


@lru_cache(maxsize=100)
def drawing(name: str) -> SafeString:
    """The drawing of a theme; one that we have not got is a plain one."""
    found = name if (FOLDER / f"{name}.svg").exists() else PLAIN
    with override("nl"):
        address = reverse("trainings:drawings", args=[sheet().digest])
    return format_html('<svg class="drawing" aria-hidden="true"><use href="{}#{}"/></svg>', address, found)
