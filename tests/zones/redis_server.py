"""A Redis of one zone, which keeps all it is told on disk as well."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import redis


@contextmanager
def redis_server(folder: Path):
    """The address of a server of its own, reached by a socket in this folder."""
    folder.mkdir(parents=True)
    socket = folder / "socket"
    kept = ["--dir", str(folder), "--appendonly", "yes", "--appendfsync", "always", "--rdbcompression", "no"]
    process = subprocess.Popen(
        [_program(), "--port", "0", "--unixsocket", str(socket), *kept, "--logfile", str(folder / "log")], start_new_session=True
    )
    try:
        _wait(address := f"unix://{socket}?db=0")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _program() -> str:
    found = shutil.which("redis-server")
    assert found, "redis-server is not installed"
    return found


def _wait(address: str, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    with redis.from_url(address) as server:
        while True:
            try:
                return server.ping()
            except redis.ConnectionError:
                assert time.monotonic() < until, "Redis does not answer"
                time.sleep(0.1)
