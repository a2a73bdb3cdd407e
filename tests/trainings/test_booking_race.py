"""Four hundred attempts from sixteen processes on fifty seats: fifty seats, no error; and what happens without the lock."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory

ROOT = Path(__file__).resolve().parents[2]
SEATS, PROCESSES, ATTEMPTS = 50, 16, 400


@pytest.fixture
def full_on_purpose(transactional_db):
    """A session that the other processes can see, in the database of this test."""
    from website.first_pages import lay_out

    lay_out()
    UserFactory()
    session = SessionFactory(capacity=SEATS, waiting_list=False)
    connection.close()
    return session


def race(session, *options) -> dict:
    """How the attempts of another program's processes ended."""
    arguments = [str(session.pk), str(PROCESSES), str(ATTEMPTS), *options]
    done = subprocess.run(
        [sys.executable, "-m", "tests.trainings.booking_race", *arguments],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": _address()}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _address() -> str:
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def test_four_hundred_attempts_on_fifty_seats_book_exactly_fifty(full_on_purpose):
    assert race(full_on_purpose) == {"booked": 50, "SessionFull": 350}
    assert full_on_purpose.participants.seated().count() == 50


def test_without_the_lock_the_same_race_goes_wrong(full_on_purpose):
    assert race(full_on_purpose, "--without-lock") != {"booked": 50, "SessionFull": 350}
