"""A demonstration to visit: its own database, web server and worker, on a port of this machine."""

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
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
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
    "--workers",
    "2",
    "--preload",
    "--log-level",
    "warning",
    "--chdir",
    str(ROOT / "site"),
]
STATIC = ["site/shared/static", "site/people/static", "trainings/static"]
REFUSALS = ("WARNING django.request: ", "WARNING django.security.csrf: ")
BROUGHT_ALONG = ["django", "wagtail", "django-allauth", "whitenoise"]


@dataclass
class Demonstration:
    """Where the demonstration answers and where its data lie; `signed_in` keeps the cookies of who came in before."""

    url: str
    folder: Path
    signed_in: dict[str, dict] = field(default_factory=dict)
    used_codes: set[tuple[str, str]] = field(default_factory=set)

    def ask(self, question: str, *values) -> list[tuple]:
        """Rows of its database: what a test must know before it can visit an address."""
        with sqlite3.connect(f"file:{self.folder / 'public.sqlite3'}?mode=ro", uri=True) as database:
            rows = database.execute(question, values).fetchall()
        database.close()
        return rows

    @property
    def errors(self) -> str:
        """What web server and worker had to complain about; that something was asked in vain is no fault of theirs."""
        lines = "".join((self.folder / name).read_text() for name in ("web.log", "worker.log")).splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(REFUSALS))


@contextmanager
def running(folder: Path):
    """A demonstration in this folder, which must not be there yet; stopped at the end, whatever happens."""
    shutil.copytree(_loaded(), folder)
    (folder / "static").symlink_to(_static_files())
    # The socket is made here and handed on, so that nobody else takes the port in between.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://localhost:{listener.getsockname()[1]}"
        environment = _environment(folder, EXPOR_SITE_URL=url)
        web = [*GUNICORN, "--bind", f"fd://{listener.fileno()}", "website.wsgi:application"]
        processes = [
            _start(web, folder / "web.log", environment, pass_fds=[listener.fileno()]),
            _start([*MANAGE, "worker"], folder / "worker.log", environment),
        ]
    demonstration = Demonstration(url, folder)
    try:
        _wait(demonstration, processes)
        yield demonstration
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            _end(process)


def _start(command: list[str], log: Path, environment: dict, **more) -> subprocess.Popen:
    with log.open("w") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output, **more)


def _end(process: subprocess.Popen) -> None:
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(demonstration: Demonstration, processes: list[subprocess.Popen], seconds: int = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"{demonstration.url}/-/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The demonstration did not start:\n{demonstration.errors}")


def _environment(folder: Path, **more: str) -> dict[str, str]:
    # The variables of the test run would make it something else than `make demo`.
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("EXPOR_", "DJANGO_"))}
    return clean | {"EXPOR_DEMO": "true", "EXPOR_VAR": str(folder)} | more


def _loaded() -> Path:
    """The folder with the loaded database and its keys: made once a day for one state of the code, as dates count from today."""
    kept = VAR / f"demo-{date.today()}-{template_database.fingerprint()}-{_digest([ROOT / 'site/website/demo'])}"
    with _alone():
        if not kept.exists():
            _forget_older("demo-*", keep=f"demo-{date.today()}")
            template = template_database.sqlite_template(VAR)
            with _draft() as draft:
                shutil.copy(template, draft / "public.sqlite3")
                _manage(draft, "load_demo")
                draft.rename(kept)
    return kept


def _static_files() -> Path:
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


def _manage(folder: Path, *command: str) -> None:
    done = subprocess.run([*MANAGE, *command], env=_environment(folder), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _digest(folders: list[Path], text: str = "") -> str:
    digest = hashlib.sha256(text.encode())
    for file in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
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
