"""The two zones of the demonstration: where each answers, and the processes that make it, each with an environment of its own."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass

from django.conf import settings
from django.core.management import CommandError

MANAGE = [sys.executable, str(settings.ROOT / "site" / "manage.py")]
# What the environment says of the public zone and not of casework.
OF_ONE_ZONE = {f"EXPOR_{name}" for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "HOSTS")}


@dataclass(frozen=True)
class Zone:
    """One zone: its settings, the variable that names its port, and the host name people type."""

    name: str
    variable: str
    usual_port: int
    host: str

    @property
    def port(self) -> int:
        return int(os.environ.get(self.variable, self.usual_port))

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find; the public zone is told what it was told itself."""
        mine = {"DJANGO_SETTINGS_MODULE": f"website.settings.{self.name}", "EXPOR_SITE_URL": self.url}
        if self == PUBLIC:
            return {**os.environ, **mine}
        mine["EXPOR_PUBLIC_URL"] = PUBLIC.url
        clean = {key: value for key, value in os.environ.items() if key not in OF_ONE_ZONE}
        if address := os.environ.get("EXPOR_DATABASE_URL"):
            mine["EXPOR_EXCHANGE_URL"] = address
        return clean | mine

    def run(self, *command: str, **more) -> subprocess.Popen:
        """A command of this zone, in a process of its own."""
        return subprocess.Popen([*MANAGE, *command], env=self.environment, **more)  # noqa: S603 our own commands

    def web(self) -> subprocess.Popen:
        """Its web server."""
        # Threads: a browser opens connections ahead of need, and a worker without them waits on one that says nothing.
        options = ["--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4", "--preload"]
        options += ["--no-control-socket", "--log-level", "warning"]
        command = [sys.executable, "-m", "gunicorn", *options, "--chdir", str(settings.ROOT / "site"), "website.wsgi:application"]
        return subprocess.Popen(command, env=self.environment)  # noqa: S603 our own command


# Cookies ignore ports: two names, both of which lead to this machine without set-up.
PUBLIC = Zone("public", "PUBLIC_PORT", 8000, "localhost")
CASEWORK = Zone("casework", "CASEWORK_PORT", 8001, "casework.localhost")
ZONES = (PUBLIC, CASEWORK)


def refuse_taken_ports() -> None:
    """Says so before the work of minutes, instead of a web server after it."""
    with ExitStack() as held:
        for zone in ZONES:
            try:
                held.enter_context(socket.create_server(("127.0.0.1", zone.port)))
            except OSError as error:
                another = f"`{zone.variable}={zone.port + 100} make demo`"
                sentence = f"Port {zone.port} is not free: stop what runs there, or choose another one with {another}."
                raise CommandError(sentence) from error
