"""Four hundred attempts from sixteen processes on fifty seats: fifty seats, no error; and what happens without the lock."""

from tests.trainings.races import run_program

SEATS, PROCESSES, ATTEMPTS = 50, 16, 400
RIGHT = {"done": 50, "SessionFull": 350, "seats in use": 50}


def race(database: str, *options: str) -> dict:
    return run_program("booking_race", database, SEATS, PROCESSES, ATTEMPTS, *options)


def test_four_hundred_attempts_on_fifty_seats_book_exactly_fifty(own_database):
    assert race(own_database) == RIGHT


def test_without_the_lock_the_same_race_goes_wrong(own_database):
    assert race(own_database, "--without-lock") != RIGHT
