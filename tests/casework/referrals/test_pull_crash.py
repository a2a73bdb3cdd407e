"""A worker that is killed between two commits, again and again: nothing lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RIGHT = {"answers": 3, "referrals": 1, "messages": ["En dit.", "Nog iets."], "arrived": 3, "left": 0, "waiting": 0}


def outcome(address: str, *options: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.referrals.pull_crash", *options],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings.casework"},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_worker_killed_at_every_commit_point_loses_and_doubles_nothing(own_database):
    found = outcome(own_database)
    assert found.pop("killed") >= 6
    assert found == RIGHT


def test_a_worker_that_forgets_what_it_pulled_doubles(own_database):
    found = outcome(own_database, "--forgetful")
    assert found["arrived"] > RIGHT["arrived"]
