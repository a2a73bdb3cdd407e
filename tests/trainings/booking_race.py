"""Many processes that book the same session at once: a program of its own, for tests and bench.

`python -m tests.trainings.booking_race SEATS PROCESSES ATTEMPTS [--without-lock]` makes a session with so many seats in
the database that the environment names, lets the processes loose on it, and prints how the attempts ended.
"""

import sys
from collections import Counter
from functools import partial

from tests.trainings import races


def main(seats: int, processes: int, attempts: int, with_lock: bool) -> dict[str, int]:
    """Forks `processes` children that share the attempts."""
    session_pk = _session(seats, processes)
    works = [partial(_book_some, session_pk, number, attempts // processes) for number in range(processes)]
    outcomes: Counter[str] = Counter()
    for ended in races.at_once(works, with_lock=with_lock):
        outcomes.update(ended)
    return outcomes | {"seats in use": _seats_in_use(session_pk)}


def _session(seats: int, processes: int) -> int:
    from tests.people.factories import UserFactory
    from tests.trainings.factories import SessionFactory

    # Each process books for somebody of its own: nobody makes so many bookings within the hour.
    UserFactory.create_batch(processes)
    return SessionFactory(capacity=seats, waiting_list=False).pk


def _seats_in_use(session_pk: int) -> int:
    from trainings.models import Participant

    return Participant.objects.seated().filter(session=session_pk).count()


def _book_some(session_pk: int, number: int, attempts: int, start) -> list[str]:
    from people.models import User
    from trainings.booking import book_seats
    from trainings.models import Session
    from trainings.seats import Person

    session, by = Session.objects.get(pk=session_pk), User.objects.order_by("pk")[number]
    start.wait()
    people = [Person("Race", "Rijder", f"n{number}-{at}@race.demo") for at in range(attempts)]
    return [races.outcome_of(partial(book_seats, session, by=by, participants=[person])) for person in people]


if __name__ == "__main__":
    races.start_django()
    races.print_outcome(main(*map(int, sys.argv[1:4]), with_lock="--without-lock" not in sys.argv))
