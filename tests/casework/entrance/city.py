"""A small OpenID Connect provider on 127.0.0.1, which says at once who somebody is."""

import base64
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "casework", "een geheim van de test"


class City:
    """`who` is the person that the next sign-in is about; `asked` keeps the questions that came in."""

    def __init__(self):
        self.who = "person-1"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict] = {}
        self.asked: list[str] = []
        self.url = ""
        self.spoilt: dict[str, bytes | None] = {}  # what it answers instead, by path; None for a failure of its own

    def authorise(self, asked: dict) -> str:
        """Where the browser is sent back to."""
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, typed: dict) -> dict:
        asked = self.codes.pop(typed["code"])
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": self.who, "iat": now, "exp": now + 60, "name": "Iemand"}
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k"})
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}

    def configuration(self) -> dict:
        ends = {"authorization_endpoint": "authorise", "token_endpoint": "token", "jwks_uri": "keys", "userinfo_endpoint": "who"}
        return {"issuer": self.url} | {name: f"{self.url}/{path}" for name, path in ends.items()}

    def keys(self) -> dict:
        numbers = self.key.public_key().public_numbers()
        as_text = {name: _text(getattr(numbers, name)) for name in ("n", "e")}
        return {"keys": [{"kty": "RSA", "kid": "k", "alg": "RS256", "use": "sig"} | as_text]}


def _text(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode().rstrip("=")


class Handler(BaseHTTPRequestHandler):
    """Answers for its city, or what spoils the answer."""

    city: City

    def do_GET(self):
        path = urlsplit(self.path).path
        self._answer(path, {"/.well-known/openid-configuration": self.city.configuration, "/keys": self.city.keys}[path])

    def do_POST(self):
        typed = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(self.path, lambda: self.city.token({name: values[0] for name, values in typed.items()}))

    def _answer(self, path: str, make):
        self.city.asked.append(path)
        body = self.city.spoilt[path] if path in self.city.spoilt else json.dumps(make()).encode()
        self.send_response(500 if body is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        """Says nothing."""


@contextmanager
def running():
    """The provider, as long as it is needed."""
    city = City()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("CityHandler", (Handler,), {"city": city}))
    city.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield city
    finally:
        server.shutdown()
        server.server_close()
