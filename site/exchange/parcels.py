"""Named contents one after the other in a stream, none of whose lengths has to be known beforehand.

stream = (frame of the name · frames of the content · empty frame) for each content · empty frame
frame  = length (4) · bytes
"""

from collections.abc import Iterable, Iterator

from .sealing import Unreadable

LONGEST = 4 * 1024 * 1024


class Packer:
    """Packs contents into something with `write`."""

    def __init__(self, out):
        self.out = out

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """Packs one content, and returns its length."""
        length = 0
        self._frame(name.encode())
        for piece in pieces:
            if piece:
                self._frame(piece)
                length += len(piece)
        self._frame(b"")
        return length

    def close(self) -> None:
        self._frame(b"")

    def _frame(self, data: bytes) -> None:
        self.out.write(len(data).to_bytes(4, "big"))
        self.out.write(data)


def parcels(stream: Iterator[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each name with its content in pieces; what of a content nobody read is passed over."""
    reader = _Reader(stream)
    while name := reader.frame():
        pieces = reader.frames()
        yield name.decode(), pieces
        for _piece in pieces:
            pass
    if reader.rest():
        raise Unreadable


class _Reader:
    """Takes frames from pieces of any length."""

    def __init__(self, stream: Iterator[bytes]):
        self.stream, self.waiting = stream, bytearray()

    def frames(self) -> Iterator[bytes]:
        while piece := self.frame():
            yield piece

    def frame(self) -> bytes:
        length = int.from_bytes(self._take(4), "big")
        if length > LONGEST:
            raise Unreadable
        return self._take(length)

    def rest(self) -> bool:
        """Whether something comes after the end."""
        return bool(self.waiting) or any(self.stream)

    def _take(self, number: int) -> bytes:
        while len(self.waiting) < number:
            try:
                self.waiting += next(self.stream)
            except StopIteration as error:
                raise Unreadable from error
        taken = bytes(self.waiting[:number])
        del self.waiting[:number]
        return taken
