"""A booking for an organisation in the moment in which it goes up in another one: a program of its own, for tests.

`python -m tests.trainings.merging_race ROUNDS [--without-lock]`: in each round one of the two begins while the other has
written but is not through. Right means: both are done, and the booking is for the organisation that stays.
"""

import sys
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from time import sleep

from tests.trainings import races
from tests.trainings.rounds import Race, run, wait_until

LATER, UNDER_WAY = timedelta(milliseconds=40), 0.09


def main(rounds: int, with_lock: bool) -> dict[str, dict[str, int]]:
    """Either of the two first."""
    return {name: run(race, rounds, with_lock) for name, race in RACES.items()}


def _two_of_one() -> tuple[int, int, int, int]:
    from tests.knowledge.factories import OrganisationFactory
    from tests.people.factories import UserFactory
    from tests.trainings.factories import SessionFactory

    return SessionFactory().pk, OrganisationFactory().pk, OrganisationFactory().pk, UserFactory().pk


@contextmanager
def _not_through_at_once():
    from django.db import transaction

    with transaction.atomic():
        yield
        sleep(UNDER_WAY)


def _book(after: timedelta, keys, due) -> None:
    from knowledge.network.models import Organisation
    from people.models import User
    from tests.trainings.life import BERT
    from trainings.booking import book_seats
    from trainings.models import Session

    session, gone, _stays, by = keys
    session, gone, by = Session.objects.get(pk=session), Organisation.objects.get(pk=gone), User.objects.get(pk=by)
    wait_until(due + after)
    with _not_through_at_once():
        book_seats(session, by=by, participants=[BERT], organisation=gone)


def _merge(after: timedelta, keys, due) -> None:
    from knowledge.network.models import Organisation
    from people.models import User
    from trainings.organisations.merging import merge_organisations

    _session, gone, stays, by = keys
    gone, stays, by = Organisation.objects.get(pk=gone), Organisation.objects.get(pk=stays), User.objects.get(pk=by)
    wait_until(due + after)
    with _not_through_at_once():
        merge_organisations(gone, stays, by=by)


def _is_for_the_one_that_stays(keys, ended) -> bool:
    from trainings.models import Booking

    session, _gone, stays, _by = keys
    booked_for = list(Booking.objects.filter(session=session).values_list("organisation", flat=True))
    return (ended, booked_for) == (["done", "done"], [stays])


def _race(book_after: timedelta, merge_after: timedelta) -> Race:
    return Race(_two_of_one, (partial(_book, book_after), partial(_merge, merge_after)), _is_for_the_one_that_stays)


RACES = {"booked, then merged": _race(timedelta(0), LATER), "merged, then booked": _race(LATER, timedelta(0))}


if __name__ == "__main__":
    races.start_django()
    races.print_outcome(main(int(sys.argv[1]), with_lock="--without-lock" not in sys.argv))
