"""A worker killed at any point of sending: no mail is lost, and at most one goes twice, as what it is."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Thread

from tests.shared.mail_crash import POINTS
from tests.shared.mail_server import MailServer, message_ids

ROOT = Path(__file__).resolve().parents[2]
# Only between handing a mail over and noting it, nobody can know whether it left.
TWICE = {point: int(point == "before the mark") for point in POINTS}


def test_a_worker_killed_at_any_point_loses_no_mail_and_doubles_at_most_one(own_database):
    with MailServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        program = [sys.executable, "-m", "tests.shared.mail_crash", str(server.server_address[1])]
        there = os.environ | {"EXPOR_DATABASE_URL": own_database}
        done = subprocess.run(program, cwd=ROOT, env=there, capture_output=True, text=True, timeout=300, check=False)
        server.shutdown()
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout.splitlines()[-1])
    # Killed, and not ended by itself; then everything left.
    assert {point: (found["died"], found["lived"], found["states"]) for point, found in outcome.items()} == {
        point: (-9, 0, ["sent"] * 3) for point in POINTS
    }
    times = Counter(message_ids(server))
    assert {point: sum(times[f"<{key}@expo-r.demo>"] - 1 for key in found["keys"]) for point, found in outcome.items()} == TWICE
    assert min(times.values()) == 1
    assert len(times) == 3 * len(POINTS)
