"""What excludes each other, done at the same moment by processes of their own: one wins; and what happens without the lock."""

import pytest

from tests.trainings.life_race import RACES
from tests.trainings.races import run_program

ROUNDS = pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.long)])


@ROUNDS
def test_of_verbs_that_exclude_each_other_one_wins_and_no_seat_is_lost_or_doubled(own_database, rounds):
    assert run_program("life_race", own_database, rounds) == {name: {"right": rounds} for name in RACES}


@ROUNDS
def test_without_the_lock_each_of_these_races_goes_wrong(own_database, rounds):
    ended = run_program("life_race", own_database, 2 * rounds, "--without-lock")
    assert {name for name in RACES if ended[name] != {"right": 2 * rounds}} == set(RACES)
