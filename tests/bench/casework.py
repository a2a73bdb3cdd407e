"""Fifty case managers at work at once, on PostgreSQL: each page is a look that is on record before it is shown."""

import json
import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.client import Sample
from tests.zones.running import GUNICORN, Running, running
from tests.zones.visitor import Visitor

PEOPLE, EACH = 50, 4
SECONDS, PAUSE = 60, (3, 9)  # nobody reads a referral faster
WEB = [*GUNICORN, "--workers", "2", "website.wsgi:application"]


def measure() -> Sample:
    """The latencies of pages of referrals and of their closed parts."""
    people = [f"manager{number}@casus.example" for number in range(PEOPLE)]
    accounts = [(email, "case_manager") for email in people]
    with tempfile.TemporaryDirectory() as folder, running("postgresql", Path(folder), accounts, web=WEB) as both:
        made = json.loads(both.program("casework", "tests.bench.casework_rows", json.dumps([people, EACH])))
        with ThreadPoolExecutor(4) as pool:
            visitors = list(pool.map(both.sign_in, people))
        return _at_work(both, visitors, list(made.values()))


def _at_work(both: Running, visitors: list[Visitor], referrals: list[list[str]]) -> Sample:
    latencies: list[float] = []
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda visitor, own: _read(visitor, own, until, latencies), visitors, referrals))
    return Sample(latencies, seconds=SECONDS)


def _read(visitor: Visitor, referrals: list[str], until: float, latencies: list[float]) -> None:
    time.sleep(random.uniform(0, PAUSE[1]))
    while time.monotonic() < until:
        path = f"/aanmeldingen/{random.choice(referrals)}/{random.choice(['', '', '', 'signaalgever/'])}"
        began = time.perf_counter()
        page = visitor.get(path)
        latencies.append((time.perf_counter() - began) * 1000)
        if page.status != 200:
            raise RuntimeError(f"{path} answered {page.status}")
        time.sleep(random.uniform(*PAUSE))
