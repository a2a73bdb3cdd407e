"""The drawings of the themes as one file to point at, so that a page with forty cards does not hold them itself."""

import hashlib
import re
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import override

from shared.templatetags.expor import DRAWINGS

from .markup import fill

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


class Sheet:
    """All drawings as symbols of one file, made once per process, and the hash that names it."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The drawings that there are."""
        return frozenset(file.stem for file in FOLDER.glob("*.svg") if SIZE in file.read_text())

    @cached_property
    def body(self) -> bytes:
        """The file."""
        symbols = "".join(_symbol(FOLDER / f"{name}.svg") for name in sorted(self.names))
        return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()

    @cached_property
    def digest(self) -> str:
        """What changes with the drawings."""
        return hashlib.sha256(self.body).hexdigest()[:16]

    @cached_property
    def address(self) -> str:
        """Where it stands, in every language."""
        with override(settings.LANGUAGE_CODE):
            return reverse("trainings:drawings", args=[self.digest])


SHEET = Sheet()


def _symbol(file) -> str:
    found = SVG.search(file.read_text())
    if found is None:
        raise ValueError(f"{file.name} holds no drawing")
    drawn = CLASSES.sub(lambda marked: " ".join(INKS[name] for name in marked[1].split() if name in INKS), found[1])
    return f'<symbol id="{file.stem}" {SIZE} preserveAspectRatio="xMidYMid slice">{drawn}</symbol>'


def drawing(name: str) -> SafeString:
    """The drawing of a theme; in place of one that we have not got, a plain one."""
    found = name if name in SHEET.names else PLAIN
    return fill('<svg aria-hidden="true"><use href="{address}#{name}"/></svg>', address=SHEET.address, name=found)
