"""Whoever saw a card has a referral: web server and worker are killed in the midst of writing, and nothing is lost or doubled."""

import http.client
import json
import os
import random
import re
import signal
import threading
import time
from pathlib import Path

import pytest

from exchange.receipts import Receipt
from tests.zones import places, sowing
from tests.zones.running import Running

KILLED = ("public-web", "casework-worker-again")


@pytest.mark.parametrize("kills", [10, pytest.param(190, marks=pytest.mark.long)])
def test_no_acknowledged_referral_is_lost_or_doubled_whatever_is_killed(both, kills):
    both.start("casework-worker-again")
    codes, killed = _refer_while(both, kills)
    assert {name for name in killed if killed[name]} == set(KILLED)
    sowing.until(lambda: dict(places.tables(both, "public"))["public table exchange_sealedreferral"] == b"", 120)
    both.stop("casework-worker-again")
    assert len(set(codes)) == len(codes) > kills
    tables = json.loads(both.program("casework", "tests.zones.all_rows"))
    lookups = [json.loads(row)["lookup"] for row in tables["casework_referral"]]
    assert [row for row in tables["casework_message"] if "192.0.2." in row] == []
    assert {code: lookups.count(Receipt.read(code).lookup) for code in codes} == dict.fromkeys(codes, 1)
    assert {code: _acknowledged(both, code) for code in codes} == dict.fromkeys(codes, 1)


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
def test_a_site_that_shows_the_card_before_it_has_written_loses_what_was_told(both):
    right = both.web
    both.stop("public-web")
    both.web = [*right[:-1], "tests.zones.careless:application"]
    both.start("public-web")
    try:
        both.wait()
        lost = sowing.refer(both, {"worry": "Verloren"}, "192.0.2.40")
        _kill_child(both, "public-web")
        both.wait()
        kept = sowing.refer(both, {"worry": "Bewaard"}, "192.0.2.41")
        both.start("casework-worker-again")
        sowing.until(lambda: _acknowledged(both, kept))
        assert _acknowledged(both, lost) == 0
    finally:
        both.stop(*both.processes.keys() & {"public-web", "casework-worker-again"})
        both.web = right
        both.start("public-web")
        both.wait()


def _refer_while(both: Running, kills: int) -> tuple[list[str], dict[str, int]]:
    """Many people refer at once while one process after the other is killed; returns the codes on their cards, and the kills."""
    codes, killed, done = [], dict.fromkeys(KILLED, 0), threading.Event()
    people = [threading.Thread(target=_refer_until, args=(both, f"192.0.2.{number}", codes, done)) for number in range(20, 32)]
    for one in people:
        one.start()
    while sum(killed.values()) < kills:
        time.sleep(random.uniform(0.05, 0.9))
        name = random.choice(KILLED)
        killed[name] += _kill_child(both, name)
    while len(codes) <= kills and any(one.is_alive() for one in people):
        time.sleep(0.2)
    done.set()
    for one in people:
        one.join(timeout=120)
    return codes, killed


def _kill_child(both: Running, name: str) -> int:
    """Kills what does the work; what started it starts it again."""
    pid = both.processes[name].pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    return len(children)


def _refer_until(both: Running, network: str, codes: list[str], done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        # From another address each time: who sends twenty from one has to wait, and it takes as long as the machine is slow.
        visitor = both.visitor("public", f"10.{network.rpartition('.')[2]}.{number % 256}.1")
        _again(lambda visitor=visitor: visitor.get(sowing.FORM))
        time.sleep(3.2)
        # Sent once more from the same page until the card is there, as people do.
        form = visitor.page
        codes.append(sowing.code_on(_again(lambda visitor=visitor, form=form, n=number: _sent(visitor, form, f"{network} {n}"))))


def _sent(visitor, form, worry: str):
    visitor.page = form
    return visitor.post(sowing.FORM, {"worry": worry}, "worry")


def _again(ask, seconds: float = 60):
    until = time.monotonic() + seconds
    while True:
        try:
            page = ask()
            if page.status == 200:
                return page
        except (OSError, http.client.HTTPException):
            pass
        assert time.monotonic() < until
        time.sleep(0.1)


def _acknowledged(both: Running, code: str) -> int:
    """How many lines of an acknowledgement the holder of this code reads."""
    page = both.visitor("public").fill_in(sowing.ANSWER, {"code": code})
    found = re.search(r'<ul class="ticks">(.*?)</ul>', page.text, re.DOTALL)
    return found[1].count("<li>") if found else 0
