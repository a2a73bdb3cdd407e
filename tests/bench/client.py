"""Asking a server many times, and how long the answers took."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

GZIP = {"Accept-Encoding": "gzip"}


@dataclass
class Sample:
    """The latencies of one series, in milliseconds, and what the workers spent, in milliseconds of processor a request."""

    latencies: list[float]
    cpu: float = 0.0
    seconds: float = 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.latencies, n=20)[-1]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds


def series(server, paths: Iterable[str], number: int) -> Sample:
    """One client, one request after the other."""
    spent, began = server.cpu_seconds(), time.perf_counter()
    latencies = [_get(server.port, path) for path in islice(paths, number)]
    seconds = time.perf_counter() - began
    return Sample(latencies, (server.cpu_seconds() - spent) * 1000 / number, seconds)


def crowd(server, path: str, clients: int, number: int) -> Sample:
    """Many clients at once, each with `number` requests."""
    latencies: list[float] = []
    work: Callable[[], None] = lambda: latencies.extend([_get(server.port, path) for _ in range(number)])  # noqa: E731
    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sample(latencies, seconds=time.perf_counter() - began)


def _get(port: int, path: str) -> float:
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=GZIP)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return (time.perf_counter() - began) * 1000
