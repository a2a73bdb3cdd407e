"""Running the demonstration: prepare once, then web server and worker of both zones side by side until Ctrl-C."""

import signal
import socket
import subprocess
import time

from django.core.management import CommandError, call_command

from . import accounts
from .zones import CASEWORK, PUBLIC, ZONES, refuse_taken_ports

HEARD = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}


def prepare(tell) -> None:
    """Both zones: keys, databases, cache tables, demo content and static files; what is there is kept."""
    refuse_taken_ports()
    # A first start has two processors to work on: what needs no database goes along from the beginning.
    beside = [PUBLIC.run("collectstatic", "--no-input", **HEARD)]
    try:
        _run(tell, "migrate")
        # The tables of the exchange are there now: casework gets ready beside the rest.
        beside.append(CASEWORK.run("prepare_casework_demo", **HEARD))
        for command in ("createcachetable", "set_up", "load_demo"):
            _run(tell, command)
    except BaseException:
        for process in beside:
            process.terminate()
        raise
    tell("static files and casework")
    for process in beside:
        said, _nothing = process.communicate()
        if process.returncode:
            raise CommandError(said)


def _run(tell, command: str) -> None:
    tell(command)
    call_command(command, verbosity=0)


def serve(tell) -> int:
    """Web server and worker of each zone, each a process of its own; when one of them stops, all stop."""
    stop = _Stop()
    processes = [zone.web() for zone in ZONES]
    _wait_for_site(stop)  # casework's worker tries the form as soon as it runs
    processes += [zone.run("worker") for zone in ZONES]
    tell(WELCOME.format(public=PUBLIC.url, casework=CASEWORK.url, password=accounts.PASSWORD))
    while not stop.asked and all(process.poll() is None for process in processes):
        time.sleep(0.3)
    for process in processes:
        process.terminate()
    codes = [_end(process) for process in processes]
    return 0 if stop.asked else max(map(abs, codes))


def _wait_for_site(stop: "_Stop", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not stop.asked and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", PUBLIC.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)


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


WELCOME = """
  The demonstration runs. All data in it is invented.

  The site, for everybody
    Site          {public}/
    Trainings     {public}/vormingen/
    The team      {public}/cms/
    All mail      {public}/demo/post/
    Accounts (password {password}):
      partner@school.demo, coordinator@school.demo, partner@jeugdhuis.demo
      organisator@expo-r.demo, redactie@expo-r.demo, coordinatie@expo-r.demo, beheer@expo-r.demo

  Casework, a zone of its own: other accounts, cookies, database and keys
    Casework      {casework}/
    Accounts (password {password}):
      casemanager@expo-r.demo, casemanager2@expo-r.demo, dpo@stad.demo, beheer@expo-r.demo

  Accounts of the team and of casework ask for a code: run `make demo-code` in another window.

  Ctrl-C stops everything; `make demo` again starts it with its data, `make demo-reset` begins anew.
"""
