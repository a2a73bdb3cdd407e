"""A mail server of a few lines, that says what a test wants it to say."""

import re
from socket import SHUT_RDWR
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event

GREETING = "220 brievenbus"
HANG, DIE = "hang", "die"
OUR_WORDS = {"EHLO": "250 brievenbus", "DATA": "354 go on", "QUIT": "221 bye"}


class MailServer(ThreadingTCPServer):
    """`says` gives its answer to a verb of SMTP; TEXT is what comes after DATA. What it takes lies in `taken`.

    HANG instead of an answer keeps the line open and says nothing; DIE takes what was sent, and hangs up without a word.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.says: dict[str, str] = {}
        self.released = Event()
        self.tried = 0
        self.taken: list[str] = []


class _Talk(StreamRequestHandler):
    server: MailServer

    def handle(self):
        self._say(self.server.says.get("HELLO") or GREETING)
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper()
            self.server.tried += verb == "MAIL"
            answer = self._answer(verb)
            self._say(answer)
            if answer.startswith("354"):
                self._take()

    def _take(self) -> None:
        text = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
        answer = self._answer("TEXT")
        if answer.startswith("250") or answer == DIE:
            self.server.taken.append(text)
        self._say(answer)

    def _answer(self, verb: str) -> str:
        return self.server.says.get(verb) or OUR_WORDS.get(verb, "250 fine")

    def _say(self, answer: str) -> None:
        if answer == HANG:
            self.server.released.wait(30)
        if answer in (HANG, DIE):
            self.connection.shutdown(SHUT_RDWR)
            return
        self.wfile.write(f"{answer}\r\n".encode())


def message_ids(server: MailServer) -> list[str]:
    """The Message-ID of each mail that the server took, in the order of their coming."""
    return [re.search(r"^Message-ID: (.+?)\r?$", text, re.MULTILINE)[1] for text in server.taken]
