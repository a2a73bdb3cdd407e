"""Rounds of a race between processes: each with rows of its own, at its own moment, and looked at afterwards."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import sleep

from tests.trainings import races

BETWEEN_ROUNDS = timedelta(milliseconds=200)


@dataclass(frozen=True)
class Race:
    """`prepare` makes the rows of a round and returns a key of theirs; each of `runners` gets it; `is_right` looks afterwards.

    `set_due` gives a round a deadline, where the race is one against the clock.
    """

    prepare: Callable
    runners: tuple[Callable, ...]
    is_right: Callable
    set_due: Callable | None = None


def run(race: Race, rounds: int, with_lock: bool) -> dict[str, int]:
    """How many rounds ended right, and how the others ended."""
    from django.utils import timezone

    keys = [race.prepare() for _round in range(rounds)]
    begin = timezone.now() + timedelta(seconds=1)
    dues = [begin + BETWEEN_ROUNDS * number for number in range(rounds)]
    for key, due in zip(keys, dues, strict=True):
        if race.set_due:
            race.set_due(key, due)
    works = [partial(_all_rounds, runner, keys, dues) for runner in race.runners]
    endings = list(zip(*races.at_once(works, with_lock=with_lock), strict=True))
    return Counter(
        "right" if race.is_right(key, sorted(ended)) else " + ".join(sorted(ended))
        for key, ended in zip(keys, endings, strict=True)
    )


def _all_rounds(runner, keys, dues, start) -> list[str]:
    start.wait()
    return [races.outcome_of(partial(runner, key, due)) for key, due in zip(keys, dues, strict=True)]


def wait_until(moment) -> None:
    """Sleeps until this moment of the clock."""
    from django.utils import timezone

    sleep(max((moment - timezone.now()).total_seconds(), 0))
