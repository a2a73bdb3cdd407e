"""One approval and one use of each code, whoever comes at the same moment; and what happens without the lock."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = pytest.mark.parametrize("rounds", [4, pytest.param(40, marks=pytest.mark.long)])


def run(database: str, *arguments) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.entrance.access_race", *map(str, arguments)],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": database}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@ROUNDS
def test_of_two_at_the_same_moment_one_is_refused(own_database, rounds):
    assert run(own_database, rounds) == {
        "approved twice": {"done + refused": rounds},
        "code used twice": {"done + refused": rounds},
    }


def test_without_the_lock_both_go_wrong(own_database):
    ended = run(own_database, 4, "--without-lock")
    assert [name for name, endings in ended.items() if endings == {"done + refused": 4}] == []
