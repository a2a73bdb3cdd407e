"""A mail server that takes whatever it gets and keeps it for a test to read."""

import threading
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer


class _Session(StreamRequestHandler):
    def handle(self):
        self._say(b"220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(b"354 go on")
                self.server.mails.append(self._message())
            self._say(b"221 bye" if verb == b"QUIT" else b"250 fine")
            if verb == b"QUIT":
                return

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        self.mails: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Session)


@contextmanager
def mail_server():
    """Its address, and the list in which each message lands as it came over the line."""
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", server.mails
        finally:
            server.shutdown()
