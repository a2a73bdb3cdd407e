"""Many processes that book the same session at once: a program of its own, for tests and bench.

`python -m tests.trainings.booking_race SEATS PROCESSES ATTEMPTS [--without-lock]` makes a session with so many seats in
the database that the environment names, lets the processes loose on it, and prints how the attempts ended.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter


def main(seats: int, processes: int, attempts: int, with_lock: bool) -> dict[str, int]:
    """Forks `processes` children that share the attempts; each connects to the database by itself."""
    session_pk = _session(seats, processes)
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(processes), context.Queue()
    children = [
        context.Process(target=_book_some, args=(session_pk, number, attempts // processes, with_lock, start, results))
        for number in range(processes)
    ]
    for child in children:
        child.start()
    outcomes: Counter[str] = Counter()
    for _child in children:
        outcomes.update(results.get(timeout=300))
    for child in children:
        child.join()
    return outcomes | {"seats in use": _seats_in_use(session_pk)}


def _session(seats: int, processes: int) -> int:
    from django.db import connection

    from tests.people.factories import UserFactory
    from tests.trainings.factories import SessionFactory

    # Each process books for somebody of its own: nobody makes so many bookings within the hour.
    UserFactory.create_batch(processes)
    session = SessionFactory(capacity=seats, waiting_list=False)
    # The children must not share this process's connection.
    connection.close()
    return session.pk


def _seats_in_use(session_pk: int) -> int:
    from trainings.models import Participant

    return Participant.objects.seated().filter(session=session_pk).count()


def _book_some(session_pk, number, attempts, with_lock, start, results) -> None:
    from people.models import User
    from trainings.models import Session

    if not with_lock:
        _take_the_lock_off()
    session = Session.objects.get(pk=session_pk)
    by = User.objects.order_by("pk")[number]
    start.wait()
    results.put([_attempt(session, by, f"n{number}-{at}@race.demo") for at in range(attempts)])


def _attempt(session, by, email: str) -> str:
    from django.db import Error

    from trainings.booking import book_seats
    from trainings.refusals import BookingRefused
    from trainings.seats import Person

    try:
        book_seats(session, by=by, participants=[Person("Race", "Rijder", email)])
    except BookingRefused as refusal:
        return type(refusal).__name__
    except Error as error:
        return f"error: {type(error).__name__}"
    return "booked"


def _take_the_lock_off() -> None:
    """The negative control: the same code without its row lock, and SQLite in its default mode."""
    from django.db import connection

    from trainings import booking
    from trainings.models import Session

    booking.lock = lambda session: Session.objects.get(pk=session.pk)
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.public")
    sys.path.insert(0, "site")
    import django

    django.setup()
    print(json.dumps(main(*map(int, sys.argv[1:4]), with_lock="--without-lock" not in sys.argv)))
