"""Both zones as in production: environments, and web servers with a role of PostgreSQL, key files and a secret of their own."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.browser.demonstration import static_files
from tests.postgres import ROOT, as_role, bare, database, empty_database, in_zone, roles

OF_EACH = {
    "public": {"EXPOR_HOSTS": "expo-r.example", "EXPOR_SITE_URL": "https://expo-r.example"},
    "casework": {
        "EXPOR_HOSTS": "casus.example",
        "EXPOR_SITE_URL": "https://casus.example",
        "EXPOR_PUBLIC_URL": "https://expo-r.example",
    },
}
MAKE_KEYS = "import sys; from pathlib import Path; from casework.keyring import files; files.make_missing(Path(sys.argv[1]))"
GUNICORN = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", "--chdir", str(ROOT / "site")]


def environment(zone: str, folder: Path) -> dict[str, str]:
    """What an operator sets for this zone, but for databases; everything it writes is in the folder."""
    return OF_EACH[zone] | {
        "EXPOR_SECRET_KEY": secrets.token_urlsafe(60),
        "EXPOR_MAIL_FROM": "EXPO-R <vormingen@expo-r.example>",
        "EXPOR_VAR": str(folder),
        ("EXPOR_KEYS" if zone == "casework" else "EXPOR_REFERRAL_KEYS"): str(folder / "keys"),
    }


@dataclass
class Zone:
    """One zone: what its processes find in their environment, and what its owner finds who migrates."""

    name: str
    environment: dict[str, str]
    owner: dict[str, str]

    @property
    def settings(self) -> str:
        return f"website.settings.{self.name}"

    def says(self, code: str, *arguments: str) -> subprocess.CompletedProcess:
        """What a process of this zone prints that runs this code after the start of Django."""
        return in_zone(self.settings, "-c", f"import django, sys; django.setup()\n{code}", *arguments, **self.environment)

    def manage(self, *command: str) -> None:
        """A command of the owner: migrating, granting."""
        done = in_zone(self.settings, "site/manage.py", *command, **self.environment | self.owner)
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def serving(self):
        """Its web server on a free port: a function that fetches an address as the proxy before it does."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            command = [*GUNICORN, "--bind", f"fd://{listener.fileno()}", "website.wsgi:application"]
            process = subprocess.Popen(command, env=bare(self.settings) | self.environment, pass_fds=[listener.fileno()])
        try:
            yield lambda path: self._fetch(port, path)
        finally:
            process.terminate()
            process.wait(timeout=20)

    def _fetch(self, port: int, path: str, seconds: float = 60):
        until = time.monotonic() + seconds
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request("GET", path, headers={"Host": self.environment["EXPOR_HOSTS"], "X-Forwarded-Proto": "https"})
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            except OSError:
                assert time.monotonic() < until, f"{self.name} does not answer"
                time.sleep(0.2)
            finally:
                connection.close()


TIMES = count()


@contextmanager
def both_zones(folder: Path):
    """Both zones on PostgreSQL, migrated by the owner, with a login role for each way in and key files for each."""
    number = f"{os.getpid()}_{next(TIMES)}"  # roles are the whole server's: two sets of zones may stand at once
    names = {role: f"expor_{role}_{number}" for role in ("public_app", "exchange_pull", "casework_app")}
    with (
        roles(*names.values()),
        database("public", f"expor_wall_public_{number}") as public,
        empty_database(f"expor_wall_casework_{number}") as casework,
    ):
        zones = _zones(folder, names, public, casework)
        for command in ("migrate", "createcachetable"):
            zones["casework"].manage(command)
        zones["public"].manage("grant_privileges", "--public-app", names["public_app"], "--exchange-pull", names["exchange_pull"])
        zones["casework"].manage("grant_privileges", "--casework-app", names["casework_app"])
        (folder / "public" / "static").symlink_to(static_files())
        zones["casework"].manage("collectstatic", "--no-input")
        yield zones


def _zones(folder: Path, names: dict[str, str], public: str, casework: str) -> dict[str, Zone]:
    _make_keys(folder / "public", folder / "casework")
    ways_in = {
        "public": {"EXPOR_DATABASE_URL": as_role(public, names["public_app"])},
        "casework": {
            "EXPOR_DATABASE_URL": as_role(casework, names["casework_app"]),
            "EXPOR_EXCHANGE_URL": as_role(public, names["exchange_pull"]),
        },
    }
    owners = {"public": {"EXPOR_DATABASE_URL": public}, "casework": {"EXPOR_DATABASE_URL": casework}}
    return {name: Zone(name, environment(name, folder / name) | ways_in[name], owners[name]) for name in ways_in}


def _make_keys(public: Path, casework: Path) -> None:
    """The private halves for casework only; the public site gets what is public."""
    done = in_zone("website.settings.casework", "-c", MAKE_KEYS, str(casework / "keys"), EXPOR_DEBUG="true")
    assert done.returncode == 0, done.stderr
    (public / "keys").mkdir(parents=True)
    for file in (casework / "keys").glob("*.pub"):
        file.rename(public / "keys" / file.name)
