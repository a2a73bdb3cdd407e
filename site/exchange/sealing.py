"""Sealing words for somebody else: an envelope that only who holds one of the named keys can open.

    envelope = header · nonce (24) · body
    header   = "EXPOR" · version (1) · kind (1) · number of slots (1) · slots
    slot     = key id (8) · sealed box of the data key (80)
    body     = XChaCha20-Poly1305 of length (4) · JSON · padding up to a whole number of blocks, with the header as associated data

Each envelope has a data key of its own (libsodium's sealed boxes carry it to each recipient), so that nothing opened earlier or
later opens this one. The whole header is authenticated: not one bit of an envelope can change unseen. Padding leaves the size
class as all that a length tells. Prototype and figures: `docs/security.md`.
"""

import json
from enum import IntEnum
from hashlib import blake2b

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

MAGIC = b"EXPOR"
VERSION = 1
BLOCK = 2048
NONCE = 24
KEY_ID = 8
SLOT = KEY_ID + 80
LONGEST = 1024 * 1024
START = len(MAGIC) + 3


class Kind(IntEnum):
    """What an envelope is for: one made for one purpose opens for no other."""

    REFERRAL = 1
    ANSWER = 2
    BACKUP = 3
    DRAFT = 4
    KEYS = 5


class Unreadable(Exception):
    """Not an envelope of this kind, changed on its way, or not for this key; it never says which."""


def key_id(public: bytes) -> bytes:
    """Eight bytes that name a public key."""
    return blake2b(public, digest_size=KEY_ID, person=b"expor key id").digest()


def seal(kind: Kind, words: dict, to: list[bytes]) -> bytes:
    """An envelope with these words (what JSON can hold, up to 1 MiB) for the holders of these public keys (32 bytes each)."""
    if not to:
        raise ValueError("an envelope needs somebody who can open it")
    key = random(32)
    header = wrap(kind, key, to)
    nonce = random(NONCE)
    return header + nonce + encrypt(_padded(words), header, nonce, key)


def unseal(kind: Kind, envelope: bytes, private: bytes) -> dict:
    """The words of an envelope of this kind, for the holder of this private key (32 bytes); raises `Unreadable`."""
    envelope = bytes(envelope)
    key, header = unwrap(kind, envelope, private)
    rest = envelope[len(header) :]
    try:
        return _unpadded(decrypt(rest[NONCE:], header, rest[:NONCE], key))
    except (CryptoError, ValueError, TypeError, RecursionError) as error:  # the last: JSON within JSON, thousands deep
        raise Unreadable from error


def wrap(kind: Kind, key: bytes, to: list[bytes]) -> bytes:
    """The header of an envelope: this data key (32 bytes), for the holders of these public keys."""
    slots = b"".join(key_id(public) + SealedBox(PublicKey(public)).encrypt(key) for public in to)
    return MAGIC + bytes([VERSION, kind, len(to)]) + slots


def unwrap(kind: Kind, envelope: bytes, private: bytes) -> tuple[bytes, bytes]:
    """The data key of an envelope, and its header as it stands; raises `Unreadable`."""
    if envelope[:START][:-1] != MAGIC + bytes([VERSION, kind]) or len(envelope) < START + envelope[START - 1] * SLOT:
        raise Unreadable
    header = envelope[: START + envelope[START - 1] * SLOT]
    own = PrivateKey(private)
    name = key_id(bytes(own.public_key))
    slots = (header[at : at + SLOT] for at in range(START, len(header), SLOT))
    try:
        box = next(slot[KEY_ID:] for slot in slots if slot[:KEY_ID] == name)
        return SealedBox(own).decrypt(box), header
    except (StopIteration, CryptoError, ValueError) as error:
        raise Unreadable from error


def is_usable(public: bytes) -> bool:
    """Whether something can be sealed to this public key (32 bytes): some points of the curve are nobody's key."""
    try:
        SealedBox(PublicKey(public)).encrypt(b"")
    except CryptoError:
        return False
    return True


def _padded(words: dict) -> bytes:
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > LONGEST:
        raise ValueError("too long to seal")
    body = len(text).to_bytes(4, "big") + text
    return body + bytes(-len(body) % BLOCK)


def _unpadded(body: bytes) -> dict:
    length = int.from_bytes(body[:4], "big")
    return json.loads(body[4 : 4 + length])
