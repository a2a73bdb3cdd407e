"""A mailbox on a server of a few lines, behind TLS, that notes which verbs of IMAP it was asked."""

import datetime
import ssl
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def certificate(folder: Path) -> Path:
    """A certificate for localhost that only this test trusts, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    return folder / "cert.pem"


class ImapServer(ThreadingTCPServer):
    """`messages` has their texts by number; `numbering` is what the numbers belong to."""

    daemon_threads = True

    def __init__(self, folder: Path):
        super().__init__(("localhost", 0), _Talk)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.messages: dict[int, bytes] = {}
        self.numbering = 1
        self.verbs: set[str] = set()

    def __enter__(self):
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return super().__enter__()

    def __exit__(self, *error):
        self.shutdown()
        super().__exit__(*error)

    def handle_error(self, request, client_address):
        """Who does not trust the certificate hangs up; that is no news."""

    @property
    def address(self) -> str:
        return f"imaps://vormingen%40expo-r.demo:geheim@localhost:{self.server_address[1]}/INBOX"


class _Talk(StreamRequestHandler):
    server: ImapServer

    def handle(self):
        self.wfile.write(b"* OK brievenbus\r\n")
        while line := self.rfile.readline().decode().strip():
            tag, verb, *rest = line.split(maxsplit=2)
            self.server.verbs.add(verb)
            done = getattr(self, f"_{verb.lower()}")(*rest)
            self.wfile.write(f"{tag} {done or 'OK'} done\r\n".encode())

    def _capability(self):
        self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")

    def _login(self, who):
        return "OK" if "geheim" in who else "NO"

    def _examine(self, _place):
        self.wfile.write(f"* {len(self.server.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.server.numbering}]\r\n".encode())

    def _logout(self):
        self.wfile.write(b"* BYE\r\n")

    def _uid(self, command):
        verb, rest = command.split(maxsplit=1)
        self.server.verbs.add(verb)
        return self._search(rest) if verb == "SEARCH" else self._fetch(rest)

    def _search(self, asked):
        first = int(asked.removeprefix("UID ").partition(":")[0])
        last = max(self.server.messages, default=0)
        # The last message is always among them, as the standard wants.
        found = [uid for uid in self.server.messages if uid >= first or uid == last]
        self.wfile.write(f"* SEARCH {' '.join(map(str, found))}\r\n".encode())

    def _fetch(self, asked):
        uid, what = asked.split(maxsplit=1)
        text = self.server.messages[int(uid)]
        self.server.verbs.add("BODY[]" if "BODY[]" in what else what)
        if "SIZE" in what:
            self.wfile.write(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(text)})\r\n".encode())
        else:
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(text)}}}\r\n".encode() + text + b")\r\n")
