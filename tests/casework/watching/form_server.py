"""A server that plays the public form: with a token and a cookie, a ticket that knows when it was made, a trap and a hint."""

import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

FORM = "/aanspreekpunt/bezorgdheid/"
PAGE = """<form action="/zoeken/" method="get"><input name="q" required></form>
<form method="post" action="">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}"><input type="hidden" name="ticket" value="{ticket}">
{error}<textarea name="worry" rows="7" required>
{worry}</textarea><textarea name="question"></textarea><input name="nickname" tabindex="-1">
<input type="radio" name="boundary" value="violence"><input type="radio" name="boundary" value="doubt" checked>
<input type="checkbox" name="prior_actions" value="none"><select name="sector"><option value="jeugd">Jeugd</option>
<option value="" selected>Zeg ik niet</option></select>{hint}<button name="step" value="send">Versturen</button>
<button name="step" value="back">Terug</button></form>"""


@dataclass
class Play:
    """How the server plays, and what it got."""

    quickest: float = 0.0
    with_hint: bool = False
    refuses: bool = False
    redirect: str = ""
    action: str = ""
    drips: bool = False
    sent: list[dict] = field(default_factory=list)
    asked: int = 0
    address: str = ""


class Server:
    """A form server on a port of its own, for as long as the `with` lasts."""

    def __init__(self, play: Play):
        self.play = play
        handler = type("Handler", (_Handler,), {"play": play})
        self.server = HTTPServer(("127.0.0.1", 0), handler)
        play.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Play:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self.play

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    play: Play

    def log_message(self, *_words):
        pass

    def do_GET(self):
        self.play.asked += 1
        if self.path == "/ontvangen/":
            self._answer(
                "<h1>Ontvangen</h1><form method='post' action='/kaart/'><input type='hidden' name='code' value='K7F'></form>"
            )
        elif self.play.redirect:
            self._answer("", 302, Location=self.play.redirect)
        else:
            self._answer(self._form(), **{"Set-Cookie": "expor_csrf=koekje; Path=/"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        typed = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}
        if "expor_csrf=koekje" not in self.headers.get("Cookie", "") or typed.get("csrfmiddlewaretoken") != "token":
            self._answer("stale", 403)
        elif typed["nickname"] or self.play.refuses or time.time() - float(typed["ticket"]) < self.play.quickest:
            self._answer(self._form(typed["worry"], error="<p>Er klopt nog iets niet.</p>"))
        elif self.play.with_hint and "hint" not in typed:
            self._answer(self._form(typed["worry"], hint='<input type="radio" name="hint" value="keep" checked>'))
        else:
            self.play.sent.append(typed)
            self._answer("", 302, Location="/ontvangen/")

    def _form(self, worry: str = "", **parts) -> str:
        page = PAGE if not self.play.action else re.sub('action=""', f'action="{self.play.action}"', PAGE)
        return page.format(token="token", ticket=time.time(), worry=escape(worry), **({"error": "", "hint": ""} | parts))

    def _answer(self, page: str, status: int = 200, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.encode())
        with suppress(OSError):  # until whoever asked goes away
            while self.play.drips:
                self.wfile.write(b" ")
                time.sleep(0.02)
