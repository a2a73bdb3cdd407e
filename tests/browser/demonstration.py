"""A demonstration to visit: its own databases, web servers and workers; casework starts when a test asks for it."""

import fcntl
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from tests import template_database

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "test"
MANAGE = [sys.executable, str(ROOT / "site" / "manage.py")]
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "--no-control-socket",
    "--workers",
    "2",
    # A browser opens connections ahead of need: a worker without threads would wait on one that says nothing.
    "--threads",
    "4",
    "--preload",
    "--log-level",
    "warning",
    "--chdir",
    str(ROOT / "site"),
]
STATIC = ["site/shared/static", "site/website/static", "site/people/static", "trainings/static"]
REFUSALS = ("WARNING django.request: ", "WARNING django.security.csrf: ")
BROUGHT_ALONG = ["django", "wagtail", "django-allauth", "whitenoise"]


@dataclass
class Demonstration:
    """Where the demonstration answers and where its data lie; `signed_in` keeps the cookies of who came in before."""

    url: str
    folder: Path
    stack: ExitStack
    signed_in: dict[str, dict] = field(default_factory=dict)
    used_codes: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def casework_url(self) -> str:
        """Where the other zone answers: its web server and worker start when a test asks for the first time."""
        return self.stack.enter_context(_zone("casework", self.folder, "casework.localhost", EXPOR_PUBLIC_URL=self.url))

    def ask(self, question: str, *values, zone: str = "public") -> list[tuple]:
        """Rows of the database of a zone: what a test must know before it can visit an address."""
        with sqlite3.connect(f"file:{self.folder / zone}.sqlite3?mode=ro", uri=True) as database:
            rows = database.execute(question, values).fetchall()
        database.close()
        return rows

    def change(self, *questions: str, zone: str = "casework") -> None:
        """Moves what lies in the database of a zone: a browser has no clock that could be turned."""
        with sqlite3.connect(self.folder / f"{zone}.sqlite3", timeout=20) as database:
            for question in questions:
                database.execute(question)
        database.close()

    def run(self, code: str, zone: str = "casework") -> None:
        """Lets a process of this zone do something, with its keys."""
        _manage(self.folder, "shell", "--no-imports", "-c", code, zone=zone)

    @property
    def errors(self) -> str:
        """What web servers and workers had to complain about; that something was asked in vain is no fault of theirs."""
        return _complaints(self.folder)


@contextmanager
def running(folder: Path):
    """A demonstration in this folder, which must not be there yet; stopped at the end, whatever happens."""
    shutil.copytree(_loaded(), folder)
    (folder / "static").symlink_to(static_files())
    with ExitStack() as stack:
        yield Demonstration(stack.enter_context(_zone("public", folder, "localhost")), folder, stack)


@contextmanager
def _zone(name: str, folder: Path, host: str, **more: str):
    """Web server and worker of one zone, on a free port; gives the address when it answers."""
    # The socket is made here and handed on, so that nobody else takes the port in between.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        environment = _environment(folder, name, EXPOR_SITE_URL=f"http://{host}:{port}", **more)
        web = [*GUNICORN, "--bind", f"fd://{listener.fileno()}", "website.wsgi:application"]
        processes = [
            _start(web, folder / f"{name}-web.log", environment, pass_fds=[listener.fileno()]),
            _start([*MANAGE, "worker"], folder / f"{name}-worker.log", environment),
        ]
    try:
        _wait(f"http://localhost:{port}", folder, processes)
        yield f"http://{host}:{port}"
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            _end(process)


def _complaints(folder: Path) -> str:
    lines = "".join(path.read_text() for path in sorted(folder.glob("*-*.log"))).splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(REFUSALS))


def _start(command: list[str], log: Path, environment: dict, **more) -> subprocess.Popen:
    with log.open("w") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output, **more)


def _end(process: subprocess.Popen) -> None:
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(url: str, folder: Path, processes: list[subprocess.Popen], seconds: int = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"{url}/-/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The demonstration did not start:\n{_complaints(folder)}")


def _environment(folder: Path, zone: str = "public", **more: str) -> dict[str, str]:
    # The variables of the test run would make it something else than `make demo`.
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("EXPOR_", "DJANGO_"))}
    mine = {"EXPOR_DEMO": "true", "EXPOR_VAR": str(folder), "EXPOR_CANARY": "false", "EXPOR_PULL_SECONDS": "2"}
    return clean | mine | {"DJANGO_SETTINGS_MODULE": f"website.settings.{zone}"} | more


def _loaded() -> Path:
    """The folder with both loaded databases and keys: made once a day for one state of the code, as dates count from today."""
    made_of = [ROOT / "site/website/demo", *(ROOT / "casework").rglob("*.py")]
    kept = VAR / f"demo-{date.today()}-{template_database.fingerprint()}-{_digest(made_of)}"
    with _alone():
        if not kept.exists():
            _forget_older("demo-*", keep=f"demo-{date.today()}")
            template = template_database.sqlite_template(VAR)
            with _draft() as draft:
                shutil.copy(template, draft / "public.sqlite3")
                _manage(draft, "load_demo")
                _manage(draft, "prepare_casework_demo", zone="casework")
                draft.rename(kept)
    return kept


def static_files() -> Path:
    """The folder with collected static files, made once for one state of them."""
    versions = " ".join(version(name) for name in BROUGHT_ALONG)
    kept = VAR / f"static-{_digest([ROOT / folder for folder in STATIC], versions)}"
    with _alone():
        if not kept.exists():
            _forget_older("static-*")
            with _draft() as draft:
                _manage(draft, "collectstatic", "--no-input")
                (draft / "static").rename(kept)
    return kept


def _manage(folder: Path, *command: str, zone: str = "public") -> None:
    done = subprocess.run([*MANAGE, *command], env=_environment(folder, zone), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _digest(places: list[Path], text: str = "") -> str:
    digest = hashlib.sha256(text.encode())
    files = {file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()}
    for file in sorted(files):
        if file.suffix != ".pyc":
            digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone():
    """One process at a time: the others wait here and then find what they need."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _draft():
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=VAR))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _forget_older(pattern: str, keep: str = " ") -> None:
    """Removes what nobody asked for in the last days: another run may still be serving from what is younger."""
    for path in VAR.glob(pattern):
        if not path.name.startswith(keep) and path.stat().st_mtime < time.time() - 2 * 24 * 3600:
            shutil.rmtree(path, ignore_errors=True)
