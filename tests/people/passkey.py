"""A passkey in plain Python: what a phone or a laptop does when it makes one and signs with it."""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

SITE = "testserver"
LOGIN = "/account/2fa/webauthn/login/"
TOUCHED, PROVED, HAS_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


class Passkey:
    """One key of one account; `proved` says whether its owner showed a finger, a face or a PIN."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.owner = b""

    def make(self, options: dict, *, proved: bool = True) -> str:
        """The answer to the page that adds a passkey."""
        asked = options["publicKey"]
        self.owner = raw(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        body = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._head(HAS_KEY, proved) + body
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def sign(self, options: dict, *, proved: bool = True) -> str:
        """The answer to a page that asks for proof."""
        data = self._head(0, proved)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self.owner}
        return self._answer({name: text(part) for name, part in parts.items()})

    def _head(self, more: int, proved: bool) -> bytes:
        flags = TOUCHED | more | (PROVED if proved else 0)
        return hashlib.sha256(SITE.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": f"http://{SITE}"}).encode()

    def _answer(self, response: dict) -> str:
        own = text(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "clientExtensionResults": {}, "response": response})


def options_of(page) -> dict:
    """What the page hands to the script."""
    found = re.search(r'<script id="passkey-options" type="application/json">(.+?)</script>', page.content.decode())
    return next(iter(json.loads(found[1]).values()))


def options_for_login(client) -> dict:
    """What the page to sign in hands to the script."""
    return client.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]
