"""Two servers side by side, each with two sync workers: ours with the demo on PostgreSQL, and the bare one."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "bench"
DATABASE = "expor_bench"
POSTGRES = os.environ.get("EXPOR_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ENVIRONMENT = {
    "EXPOR_DEMO": "true",
    "EXPOR_VAR": str(VAR),
    "EXPOR_DATABASE_URL": POSTGRES.rpartition("/")[0] + "/" + DATABASE,
    "DJANGO_SETTINGS_MODULE": "website.settings.public",
    "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
}


@dataclass
class Server:
    """A running gunicorn: its port, the process id of its master, and how long its first answer took in seconds."""

    port: int
    pid: int
    first_answer: float

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in text.split()]

    def cpu_seconds(self) -> float:
        """User and system time of all workers so far."""
        return sum(_cpu(pid) for pid in self.workers)

    def memory_megabytes(self) -> float:
        """Proportional set size of master and workers."""
        return sum(_pss(pid) for pid in [self.pid, *self.workers]) / 1024


def prepare(tell) -> None:
    """A fresh database with the demonstration and the two tables of the bare server."""
    import psycopg

    VAR.mkdir(parents=True, exist_ok=True)
    with psycopg.connect(POSTGRES, autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{DATABASE}"')
    for command in ("migrate", "createcachetable", "set_up", "load_demo", "collectstatic --noinput"):
        tell(command)
        manage(*command.split())
    with psycopg.connect(ENVIRONMENT["EXPOR_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE bare_rows (id bigserial PRIMARY KEY, text text)")
        connection.execute("CREATE TABLE bare_counter (id int PRIMARY KEY, number int)")
        connection.execute("INSERT INTO bare_counter VALUES (1, 0)")


def manage(*arguments: str) -> None:
    """Runs one management command on the bench's database."""
    subprocess.run(
        [sys.executable, "site/manage.py", *arguments],
        cwd=ROOT, env=os.environ | ENVIRONMENT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def running(application: str, port: int):
    """A gunicorn with two sync workers for the time of the block."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", "2"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, application], cwd=ROOT, env=os.environ | ENVIRONMENT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1])
