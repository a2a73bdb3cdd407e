"""Both zones running as in production, on either engine: web servers that log every address, workers, and where their mail goes.

On PostgreSQL each zone has a Redis of its own; on SQLite the cache is a table.
"""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres
from tests.browser.demonstration import static_files
from tests.people.codes import app_code
from tests.zones.databases import database_of_tests
from tests.zones.mail_server import mail_server
from tests.zones.production import GUNICORN, Zone, both_zones, environment
from tests.zones.redis_server import redis_server
from tests.zones.visitor import Visitor

ZONES = ("public", "casework")
WEB = [*GUNICORN, "--access-logfile", "-", "--preload", "--workers", "1", "--threads", "4", "website.wsgi:application"]
WORKERS = {
    "worker": [sys.executable, str(postgres.ROOT / "site" / "manage.py"), "worker"],
    "worker-again": [sys.executable, "-m", "tests.zones.worker_again"],
}
SEED = "SECRECYSECRECYSECRECYSECRECYSECR"
# In one process: keys, with a recovery key for backups and the form; static files; and accounts, each with its second factor.
PREPARE = """
from pathlib import Path
from django.core.management import call_command
call_command("make_keys")
call_command("make_recovery_key", unread=True)
call_command("make_keys", public=Path(sys.argv[2]))
call_command("collectstatic", interactive=False)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from casework.entrance import seals
from casework.models import Role
from people.models import User
for line in sys.argv[3:]:
    email, kind = line.split()
    user = User.objects.create_user(email, email, first_name="An", last_name="Voorbeeld")
    Role.objects.create(user=user, kind=kind)
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt(sys.argv[1])})
    RecoveryCodes.activate(user)
    seals.seal_account(user)
"""


@dataclass
class Running:
    """Two zones, what runs of them by name (`public-web`, `casework-worker`), and the mail that left them."""

    engine: str
    folder: Path
    zones: dict[str, Zone]
    mails: list[bytes]
    listeners: dict[str, socket.socket]
    web: list[str]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    used_codes: set[tuple[str, str]] = field(default_factory=set)
    begun: float = field(default_factory=time.time)
    begun_in_log: str = ""

    def start(self, *names: str) -> None:
        """Starts a web server or a worker, in a group of its own, so that it can be killed as one."""
        for name in names:
            zone, what = name.split("-", 1)
            listener = self.listeners[zone]
            command = [*self.web, "--bind", f"fd://{listener.fileno()}"] if what == "web" else WORKERS[what]
            environment = postgres.bare(self.zones[zone].settings) | self.zones[zone].environment
            with (self.folder / "logs" / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    command, env=environment, stdout=log, stderr=log, pass_fds=[listener.fileno()], start_new_session=True
                )

    def stop(self, *names: str, how: int = signal.SIGTERM) -> None:
        """Ends processes with all that they started; with SIGKILL in the midst of whatever they do."""
        for name in names:
            os.killpg(self.processes[name].pid, how)
        for name in names:
            self.processes.pop(name).wait(timeout=30)

    def program(self, zone: str, name: str, typed: str = "") -> str:
        """What a program of the tests prints that finds all that this zone has; it reads its database as the owner does."""
        found = postgres.bare(self.zones[zone].settings) | self.zones[zone].environment | self.zones[zone].owner
        done = subprocess.run([sys.executable, "-m", name], env=found, input=typed, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def visitor(self, zone: str, network: str = "192.0.2.1") -> Visitor:
        """A browser without a past."""
        return Visitor(self.listeners[zone].getsockname()[1], self.zones[zone].environment["EXPOR_HOSTS"], network)

    def wait(self, seconds: float = 90) -> None:
        """Until both web servers answer."""
        until = time.monotonic() + seconds
        for zone in ZONES:
            while not self._is_there(zone):
                assert time.monotonic() < until, (self.folder / "logs" / f"{zone}-web.log").read_text()
                time.sleep(0.2)

    def _is_there(self, zone: str) -> bool:
        try:
            return self.visitor(zone).get("/-/live").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def sign_in(self, email: str) -> Visitor:
        """Through the door of casework, with the password (the address itself) and the code of an app."""
        visitor = self.visitor("casework")
        visitor.fill_in("/account/login/", {"login": email, "password": email})
        visitor.post(visitor.page.url, {"code": self.fresh_code(email)}, "code")
        assert visitor.page.url == "/", visitor.page
        return visitor

    def fresh_code(self, email: str, seed: str = SEED) -> str:
        """A code that this account did not use yet."""
        while True:
            for periods in (0, 1, -1):
                code = app_code(seed, periods=periods)
                if (email, code) not in self.used_codes:
                    self.used_codes.add((email, code))
                    return code
            time.sleep(1)


@contextmanager
def running(engine: str, folder: Path, accounts: list[tuple[str, str]], web: list[str] = WEB):
    """Both zones with their web servers, and these accounts of casework; workers are started by who needs them."""
    (folder / "logs").mkdir(parents=True)
    with ExitStack() as stack:
        address, mails = stack.enter_context(mail_server())
        zones = stack.enter_context(both_zones(folder) if engine == "postgresql" else _on_sqlite(folder))
        if engine == "postgresql":
            for name, zone in zones.items():
                zone.environment["EXPOR_REDIS_URL"] = stack.enter_context(redis_server(folder / name / "redis"))
        for zone in zones.values():
            # Its trial referral finds no public site here: nobody else writes while something is measured.
            zone.environment |= {"EXPOR_SMTP_URL": address, "EXPOR_PUBLIC_URL": "http://127.0.0.1:9", "EXPOR_CANARY_WAIT": "0"}
        keys = zones["public"].environment["EXPOR_REFERRAL_KEYS"]
        made = zones["casework"].says(PREPARE, SEED, keys, *(f"{email} {kind}" for email, kind in accounts))
        assert made.returncode == 0, made.stderr
        listeners = {zone: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for zone in zones}
        both = Running(engine, folder, zones, mails, listeners, web)
        both.begun_in_log = postgres.end_of_log() if engine == "postgresql" else ""
        stack.callback(lambda: both.stop(*both.processes))
        both.start("public-web", "casework-web")
        both.wait()
        yield both


@contextmanager
def _on_sqlite(folder: Path):
    """As `both_zones`, with a file for each database."""
    zones = {}
    for name in ZONES:
        (folder / name / "keys").mkdir(parents=True)
        made = Path(database_of_tests(name, "sqlite", f"secrecy_{secrets.token_hex(4)}").removeprefix("sqlite://"))
        made.rename(folder / name / f"{name}.sqlite3")
        zones[name] = Zone(name, environment(name, folder / name), {})
    zones["casework"].environment["EXPOR_EXCHANGE_URL"] = f"sqlite:///{folder}/public/public.sqlite3"
    (folder / "public" / "static").symlink_to(static_files())
    yield zones
