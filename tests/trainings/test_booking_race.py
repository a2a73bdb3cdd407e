"""Four hundred attempts from sixteen processes on fifty seats: fifty seats, no error; and what happens without the lock."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEATS, PROCESSES, ATTEMPTS = 50, 16, 400
RIGHT = {"booked": 50, "SessionFull": 350, "seats in use": 50}


def race(database: str, *options: str) -> dict:
    """How the attempts of another program's processes ended."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trainings.booking_race", str(SEATS), str(PROCESSES), str(ATTEMPTS), *options],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": database}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_four_hundred_attempts_on_fifty_seats_book_exactly_fifty(own_database):
    assert race(own_database) == RIGHT


def test_without_the_lock_the_same_race_goes_wrong(own_database):
    assert race(own_database, "--without-lock") != RIGHT
