"""Two or three processes that do what excludes each other at the same moment: a program of its own, for tests.

`python -m tests.trainings.life_race ROUNDS [--without-lock]` runs every race so many rounds, each on a session of its own,
and prints for each race how many rounds ended right, and how the others ended. Right means: one of them won, the others
were refused by a rule, everybody read one mail about it, and no seat was lost or doubled.
"""

import sys
from datetime import timedelta
from functools import partial

from tests.trainings import races
from tests.trainings.rounds import Race, run, wait_until

# How long before a deadline somebody acts who is just in time, and how long after it the worker wakes up.
BEFORE, AFTER = timedelta(milliseconds=12), timedelta(milliseconds=1)


def main(rounds: int, with_lock: bool) -> dict[str, dict[str, int]]:
    """Every race, one after the other."""
    return {name: run(race, rounds, with_lock) for name, race in RACES.items()}


# An offer is accepted while it expires: two workers find it, both at once.


def _offered() -> int:
    from tests.trainings.life import free, full_session, wait

    session = full_session(1)
    wait(session, 1, 10)
    wait(session, 1, 20)
    free(session, 1)
    return session.pk


def _offer_ends(session, due) -> None:
    from trainings.models import Offer

    Offer.objects.filter(session=session).update(expires_at=due)


def _accept(session, due) -> None:
    from trainings.models import Offer
    from trainings.waiting import accept_offer

    # Who comes late to the round finds a second offer, made to the next: it is the first one that is accepted.
    offers = Offer.objects.filter(session=session).select_related("session", "entry__booking__booked_by")
    offer = offers.earliest("made_at")
    wait_until(due - BEFORE)
    accept_offer(offer, by=offer.entry.booking.booked_by)


def _close_offers(_session, due) -> None:
    from trainings.waiting import close_due

    wait_until(due + AFTER)
    close_due()


def _one_has_the_offered_seat(session, ended) -> bool:
    first, second = _session(session).waiting_entries.order_by("pk")
    offers = list(_session(session).offers.order_by("made_at").values_list("entry", "state"))
    mails = _mails(session, "booking_confirmed", "left_waiting_list", "seats_offered")
    if ended == ["done"] * 3:
        right = [(first.pk, "accepted")], ["confirmed", "waiting"], ["booking_confirmed", "booking_confirmed", "seats_offered"]
    else:
        right = (
            [(first.pk, "expired"), (second.pk, "open")],
            ["cancelled", "waiting"],
            ["booking_confirmed", "left_waiting_list", "seats_offered", "seats_offered"],
        )
    return ended in (["OfferGone", "done", "done"], ["done"] * 3) and right == (offers, _states(session)[1:], mails)


# A name is added while two workers give the seat back.


def _nameless() -> int:
    from tests.people.factories import UserFactory
    from tests.trainings.factories import SessionFactory
    from tests.trainings.life import wait
    from trainings.booking import book_seats

    session = SessionFactory(capacity=1)
    book_seats(session, by=UserFactory(), without_name=1)
    wait(session, 1)
    return session.pk


def _names_are_due(session, due) -> None:
    _sessions(session).update(names_close_at=due)


def _name(session, due) -> None:
    from tests.trainings.life import BERT
    from trainings.names import name_seats

    booking = _session(session).bookings.select_related("session", "booked_by").earliest("pk")
    wait_until(due - BEFORE)
    name_seats(booking, [BERT], by=booking.booked_by)


def _release(session, due) -> None:
    from trainings.names import release_nameless

    found = _session(session)
    wait_until(due + AFTER)
    release_nameless(found)


def _named_or_released(session, ended) -> bool:
    named = ended == ["done"] * 3
    right = ["confirmed", "waiting"] if named else ["cancelled", "waiting"]
    mails = ["names_given"] if named else ["nameless_seats_released", "seats_offered"]
    found = _mails(session, "names_given", "nameless_seats_released", "seats_offered")
    return ended in (["TooLate", "done", "done"], ["done"] * 3) and (right, mails) == (_states(session), found)


# Two bookings are approved for the last seat; one booking is approved twice and refused.


def _asked(bookings: int) -> int:
    from tests.people.factories import UserFactory
    from tests.trainings.factories import SessionFactory
    from tests.trainings.life import people
    from trainings.booking import book_seats

    session = SessionFactory(capacity=1, approval="team", pending_holds_seat=False)
    for number in range(bookings):
        book_seats(session, by=UserFactory(), participants=people(1, number))
    return session.pk


def _decide(verb: str, number: int, session, due) -> None:
    from trainings import approval

    booking = _session(session).bookings.select_related("session", "booked_by").order_by("pk")[number]
    reason = {"reason": "Al gevolgd"} if verb == "refuse" else {}
    wait_until(due)
    getattr(approval, verb)(booking, by=booking.booked_by, **reason)


def _one_got_the_last_seat(session, ended) -> bool:
    return (ended, _states(session, ordered=False), _mails(session, "booking_confirmed")) == (
        ["SessionFull", "done"],
        ["confirmed", "pending"],
        ["booking_confirmed"],
    )


def _decided_once(session, ended) -> bool:
    mails = _mails(session, "booking_confirmed", "booking_refused")
    decided = [(["confirmed"], ["booking_confirmed"]), (["refused"], ["booking_refused"])]
    return ended == ["AlreadyDecided", "AlreadyDecided", "done"] and (_states(session), mails) in decided


# One seat is given back twice.


def _queued() -> int:
    from tests.trainings.life import full_session, wait

    session = full_session(1)
    wait(session, 1, 10)
    wait(session, 1, 20)
    return session.pk


def _cancel(session, due) -> None:
    from trainings.booking import cancel_participants

    seat = _session(session).participants.select_related("session", "booking__booked_by").earliest("pk")
    wait_until(due)
    cancel_participants([seat], by=seat.booking.booked_by)


def _given_back_once(session, ended) -> bool:
    return (ended, _states(session), _mails(session, "seats_cancelled", "seats_offered")) == (
        ["done", "done"],
        ["cancelled", "waiting", "waiting"],
        ["seats_cancelled", "seats_offered"],
    )


# Two people are moved into the last seat of a session while somebody books it.


def _one_seat_left() -> tuple[int, int]:
    from tests.trainings.factories import SessionFactory
    from tests.trainings.life import full_session

    return full_session(2).pk, SessionFactory(capacity=1, waiting_list=False).pk


def _move(number: int, sessions, due) -> None:
    from trainings.changing import move_participants

    here, there = map(_session, sessions)
    person = here.participants.select_related("session", "booking__booked_by").order_by("pk")[number]
    wait_until(due)
    move_participants([person], there, by=person.booking.booked_by)


def _book(sessions, due) -> None:
    from tests.trainings.life import BERT
    from trainings.booking import book_seats

    here, there = map(_session, sessions)
    by = here.bookings.get().booked_by
    wait_until(due)
    book_seats(there, by=by, participants=[BERT])


def _one_took_the_last_seat(sessions, ended) -> bool:
    here, there = sessions
    moved = _states(here).count("cancelled")
    return (ended, _states(there), len(_mails(there, "participants_moved", "booking_confirmed"))) == (
        ["SessionFull", "SessionFull", "done"],
        ["confirmed"],
        1,
    ) and moved == len(_mails(there, "participants_moved"))


def _sessions(*keys):
    from trainings.models import Session

    return Session.objects.filter(pk__in=keys)


def _session(key):
    return _sessions(key).select_related("training").get()


def _states(session, *, ordered: bool = True) -> list[str]:
    states = list(_session(session).participants.order_by("pk").values_list("state", flat=True))
    return states if ordered else sorted(states)


def _mails(session, *kinds: str) -> list[str]:
    from shared.models import OutboxMessage

    return sorted(OutboxMessage.objects.filter(about=f"session:{session}", kind__in=kinds).values_list("kind", flat=True))


RACES = {
    "accepted while it expires": Race(_offered, (_accept, _close_offers, _close_offers), _one_has_the_offered_seat, _offer_ends),
    "named while it is given back": Race(_nameless, (_name, _release, _release), _named_or_released, _names_are_due),
    "two approved for one seat": Race(
        partial(_asked, 2), (partial(_decide, "approve", 0), partial(_decide, "approve", 1)), _one_got_the_last_seat
    ),
    "one approved twice and refused": Race(
        partial(_asked, 1),
        (partial(_decide, "approve", 0), partial(_decide, "approve", 0), partial(_decide, "refuse", 0)),
        _decided_once,
    ),
    "given back twice": Race(_queued, (_cancel, _cancel), _given_back_once),
    "moved in while booked": Race(_one_seat_left, (partial(_move, 0), partial(_move, 1), _book), _one_took_the_last_seat),
}


if __name__ == "__main__":
    races.start_django()
    races.print_outcome(main(int(sys.argv[1]), with_lock="--without-lock" not in sys.argv))
