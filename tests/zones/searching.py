"""Searching bytes for words: as they stand, and in whatever they may be packed in."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable

from tests.zones.telling import shapes, written

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{20,}")
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){16,}")
ZLIB = re.compile(rb"[\x78\x58\x38][\x01\x5e\x9c\xda]|\x1f\x8b\x08", re.DOTALL)
LARGEST = 2_000_000  # of one piece of base64: what is longer is no session and no row
DEPTH = 3


class Search:
    """Looks for these words (by what they stand for, `raw` where a code stands for bytes)."""

    def __init__(self, words: dict[str, str], raw: dict[str, bytes] | None = None):
        self.shapes = {name: shapes(word, raw=(raw or {}).get(name, b"")) for name, word in words.items()}
        self.written = {name: written(word, raw=(raw or {}).get(name, b"")) for name, word in words.items()}

    def found(self, data: bytes) -> set[str]:
        """The names of the words that can be read in this."""
        return {name for piece in unpacked(data) for name in self._in(piece)}

    def plainly_in(self, pieces: Iterable[bytes]) -> set[str]:
        """The names of the words that stand in these as they are written: for much data, of many who write at once."""
        return {name for piece in pieces for name, forms in self.written.items() if any(form in piece for form in forms)}

    def hits(self, places: Iterable[tuple[str, bytes]]) -> set[tuple[str, str]]:
        """Where which word can be read."""
        return {(place, name) for place, data in places for name in self.found(data)}

    def _in(self, piece: bytes) -> Iterable[str]:
        return (name for name, forms in self.shapes.items() if any(form in piece for form in forms))


def unpacked(data: bytes, depth: int = DEPTH) -> Iterable[bytes]:
    """These bytes, and all that can be made of them by unpacking."""
    yield data
    if depth:
        for inner in (*_inflated(data), *_decoded(data)):
            yield from unpacked(inner, depth - 1)


def _inflated(data: bytes) -> Iterable[bytes]:
    view = memoryview(data)
    for start in ZLIB.finditer(data):
        try:
            inner = zlib.decompressobj(wbits=47).decompress(view[start.start() : start.start() + LARGEST], LARGEST)
        except zlib.error:
            continue
        if len(inner) > 8:
            yield inner


def _decoded(data: bytes) -> Iterable[bytes]:
    # One piece after the other in one heap: a word is found as well, and most pieces are noise.
    texts = {piece for piece in BASE64.findall(data) if len(piece) < LARGEST}
    yield b"\n".join(map(_from_base64, texts))
    yield b"\n".join(binascii.unhexlify(piece) for piece in set(HEX.findall(data)) if len(piece) < LARGEST)


def _from_base64(text: bytes) -> bytes:
    text = text.translate(bytes.maketrans(b"-_", b"+/"))
    whole = text[: len(text) - (len(text) % 4 == 1)]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))
