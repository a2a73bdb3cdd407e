"""A booking in the moment in which its organisation is merged is for the one that stays; and what happens without the lock."""

import pytest

from tests.trainings.merging_race import RACES
from tests.trainings.races import run_program

ROUNDS = pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.long)])


@ROUNDS
def test_a_booking_in_the_moment_of_a_merge_is_for_the_organisation_that_stays(own_database, rounds):
    assert run_program("merging_race", own_database, rounds) == {name: {"right": rounds} for name in RACES}


@ROUNDS
def test_without_the_lock_some_bookings_stay_with_the_organisation_that_is_gone(own_database, rounds):
    ended = run_program("merging_race", own_database, 2 * rounds, "--without-lock")
    assert {name for name in RACES if ended[name] != {"right": 2 * rounds}} == set(RACES)
