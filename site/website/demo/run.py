"""Running the demonstration: prepare once, then web server and worker side by side until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import CommandError, call_command

from . import accounts

PORT = int(os.environ.get("PUBLIC_PORT", "8000"))
MANAGE = [sys.executable, str(settings.ROOT / "site" / "manage.py")]


def prepare(tell) -> None:
    """Database, cache table, first pages, demo content and static files; what is there is kept."""
    refuse_taken_port()
    for command in (["migrate"], ["createcachetable"], ["set_up"], ["load_demo"]):
        tell(" ".join(command))
        call_command(*command, verbosity=0)
    tell("collectstatic")
    call_command("collectstatic", interactive=False, verbosity=0)


def refuse_taken_port() -> None:
    """Says so before the work of minutes, instead of the web server after it."""
    try:
        socket.create_server(("127.0.0.1", PORT)).close()
    except OSError as error:
        sentence = (
            f"Port {PORT} is not free: stop what runs there, or choose another one with `PUBLIC_PORT={PORT + 100} make demo`."
        )
        raise CommandError(sentence) from error


def serve(tell) -> int:
    """Web server and worker, each a process of its own; when one of them stops, all stop."""
    processes = [subprocess.Popen(command) for command in (_web(), [*MANAGE, "worker"])]  # noqa: S603 our own commands
    tell(WELCOME.format(port=PORT, password=accounts.PASSWORD))
    stop = _Stop()
    while not stop.asked and all(process.poll() is None for process in processes):
        time.sleep(0.3)
    for process in processes:
        process.terminate()
    codes = [_end(process) for process in processes]
    return 0 if stop.asked else max(map(abs, codes))


def _end(process: subprocess.Popen) -> int:
    """How it ended; one that does not end by itself within moments is ended."""
    try:
        return process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


class _Stop:
    """Remembers that somebody asked to stop, by Ctrl-C or by a signal."""

    def __init__(self):
        self.asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, *_signal) -> None:
        self.asked = True


def _web() -> list[str]:
    options = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--log-level", "warning", "--chdir", str(settings.ROOT / "site")]
    return [sys.executable, "-m", "gunicorn", *options, "website.wsgi:application"]


WELCOME = """
  The demonstration runs. All data in it is invented.

  Site          http://localhost:{port}/
  Trainings     http://localhost:{port}/vormingen/
  The team      http://localhost:{port}/cms/
  All mail      http://localhost:{port}/demo/post/

  Accounts (password {password}):
    partner@school.demo, coordinator@school.demo, partner@jeugdhuis.demo
    organisator@expo-r.demo, redactie@expo-r.demo, coordinatie@expo-r.demo, beheer@expo-r.demo
    (the team's accounts ask for a code: run `make demo-code` in another window)

  Ctrl-C stops everything; `make demo` again starts it with its data, `make demo-reset` begins anew.
"""
