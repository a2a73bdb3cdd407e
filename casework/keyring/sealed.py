"""Sealed columns: one JSON object per person or narrative, readable with the zone's keyring only.

    stored = length of key id (1) · key id · nonce (24) · XChaCha20-Poly1305 of length (4) · JSON · padding

with `table.column:pk` as associated data: a value copied to another row, column or table does not open there. It is opened when
somebody asks for it, not when the row is loaded; no look-up is possible, and an `update()` past the row is refused.
"""

import json

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

from . import keys

NONCE = 24
BLOCK = 256  # what the length of a stored value tells about the length of its text


class Broken(Exception):
    """A stored value does not open: changed, moved from elsewhere, or sealed with a key that the ring does not hold."""


class Opened(DeferredAttribute):
    """Opens a sealed value at the first look, and remembers it on the row."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        name = self.field.attname
        value = instance.__dict__[name] if name in instance.__dict__ else super().__get__(instance, cls)
        if isinstance(value, bytes | memoryview):
            value = instance.__dict__[name] = unseal(bytes(value), place(instance, self.field))
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedJSON(models.BinaryField):
    """A dict that the database can't read."""

    descriptor_class = Opened
    # What it takes and gives, for the type checker, to which it would be bytes.
    _pyi_private_set_type: dict
    _pyi_private_get_type: dict  # type: ignore[assignment]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": dict, "editable": False} | kwargs)

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        return seal(value, place(instance, self)) if isinstance(value, dict) else value

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, dict):
            raise FieldError(f"{self.name} is sealed: save the row instead of updating it")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: nothing can be looked up by it")

    get_transform = get_lookup


def place(instance: models.Model, field: models.Field) -> bytes:
    """Where a value stands, as its seal knows it; the key of the row must be made by who makes the row."""
    if instance.pk is None:
        raise FieldError(f"{field.name} is sealed to its row: the row needs its key first")
    return place_of(type(instance), field, instance.pk)


def place_of(model: type[models.Model], field: models.Field, pk) -> bytes:
    """The same, without the row."""
    return f"{model._meta.db_table}.{field.column}:{pk}".encode()


def seal(value: dict, where: bytes) -> bytes:
    """This dict, for this place, under the first key of the ring."""
    name, key = next(iter(keys.field_keys().items()))
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    body = len(text).to_bytes(4, "big") + text
    nonce = random(NONCE)
    sealed = encrypt(body + bytes(-len(body) % BLOCK), where, nonce, key)
    return bytes([len(name)]) + name.encode() + nonce + sealed


def unseal(stored: bytes, where: bytes) -> dict:
    """The dict that was sealed for this place, under any key of the ring; raises `Broken`."""
    name, rest = key_id(stored), stored[1 + stored[0] :]
    try:
        body = decrypt(rest[NONCE:], where, rest[:NONCE], keys.field_keys()[name])
    except (KeyError, CryptoError, ValueError, TypeError) as error:
        raise Broken from error
    return json.loads(body[4 : 4 + int.from_bytes(body[:4], "big")])


def key_id(stored: bytes) -> str:
    """The name of the key that a stored value was sealed with."""
    try:
        return stored[1 : 1 + stored[0]].decode("ascii")
    except (IndexError, UnicodeDecodeError) as error:
        raise Broken from error


def columns(models_: list[type[models.Model]]):
    """Every sealed column of these models, as pairs of model and field: what a rotation of keys goes through."""
    for model in models_:
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedJSON):
                yield model, field
