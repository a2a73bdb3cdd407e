"""Sealing what is too long for one envelope: a stream in chunks, which opens whole or not at all.

    file  = header of an envelope (see `exchange.sealing`) · header of the stream (24) · chunks
    chunk = crypto_secretstream_xchacha20poly1305 of up to 1 MiB, with the header of the envelope as associated data

No chunk can be changed, left out, repeated or moved unseen, and the last one is marked: a file that was cut off is told.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import BinaryIO

from nacl.bindings import crypto_secretstream_xchacha20poly1305_ABYTES as MORE
from nacl.bindings import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as init_pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as init_push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as State
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE
from nacl.exceptions import CryptoError
from nacl.utils import random

from . import sealing
from .sealing import Kind, Unreadable

CHUNK = 1024 * 1024


class Sealer:
    """Seals what is written to it into a file, for the holders of these public keys; `digest` names the file afterwards."""

    def __init__(self, file: BinaryIO, to: list[bytes]):
        key = random(32)
        self.file, self.state, self.waiting = file, State(), bytearray()
        self.header = sealing.wrap(Kind.BACKUP, key, to)
        self.hash = blake2b(digest_size=32)
        self._out(self.header + init_push(self.state, key))

    def write(self, data: bytes) -> None:
        self.waiting += data
        # One chunk at least waits for `close`, which marks it as the last.
        while len(self.waiting) > CHUNK:
            self._push(bytes(self.waiting[:CHUNK]), MESSAGE)
            del self.waiting[:CHUNK]

    def close(self) -> None:
        """Writes the last chunk; a file without it does not open."""
        self._push(bytes(self.waiting), FINAL)

    @property
    def digest(self) -> str:
        return self.hash.hexdigest()

    def _push(self, chunk: bytes, tag: int) -> None:
        self._out(push(self.state, chunk, self.header, tag))

    def _out(self, data: bytes) -> None:
        self.hash.update(data)
        self.file.write(data)


def opened(file: BinaryIO, privates: list[bytes]) -> Iterator[bytes]:
    """What was sealed, in pieces, for the holder of one of these private keys; raises `Unreadable` at the first fault."""
    key, header = _key_of(file, privates)
    state = State()
    try:
        init_pull(state, file.read(HEADER), key)
        while True:
            piece, tag = pull(state, file.read(CHUNK + MORE), header)
            if tag == FINAL and file.read(1):
                raise Unreadable
            yield piece
            if tag == FINAL:
                return
    except (CryptoError, RuntimeError, ValueError, TypeError) as error:
        raise Unreadable from error


def _key_of(file: BinaryIO, privates: list[bytes]) -> tuple[bytes, bytes]:
    header = file.read(sealing.START)
    header += file.read(header[-1] * sealing.SLOT if header else 0)
    for private in privates:
        try:
            return sealing.unwrap(Kind.BACKUP, header, private)
        except Unreadable:
            continue
    raise Unreadable
