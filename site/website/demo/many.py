"""Ten years of trainings at once: many sessions with very many participants, to see what stays quick."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from knowledge.library.models import Sector
from knowledge.network.models import Organisation
from people.models import User
from shared import versions
from trainings.models import Booking, DayPart, HistoryEntry, Participant, Session, TrainingPage
from trainings.seats import CATALOGUE

SESSIONS, PARTICIPANTS = 11_700, 100_000
CHUNK = 1_000
BOOKERS, ORGANISATIONS, A_BOOKING = 200, 25, 3
PREFIX, MAIL = "M-", "@veel.demo"
# One session in so many has still to come, from ten days on: the worker has nothing to do for any of them.
TO_COME, SOONEST = 20, 10


def is_loaded() -> bool:
    """Whether these sessions are there."""
    return Session.objects.filter(code__startswith=PREFIX).exists()


@transaction.atomic
def load(sessions: int = SESSIONS, participants: int = PARTICIPANTS, tell: Callable[[str], None] = lambda line: None) -> None:
    """So many sessions more of the trainings that there are, with so many participants over all of them."""
    bookers, organisations = _bookers(), _organisations()
    trainings = list(TrainingPage.objects.live().order_by("pk").values_list("pk", flat=True))
    begin, done = Session.objects.filter(code__startswith=PREFIX).count(), 0
    for start in range(0, sessions, CHUNK):
        numbers = range(start, min(start + CHUNK, sessions))
        rows = Session.objects.bulk_create(_session(begin + number, trainings) for number in numbers)
        DayPart.objects.bulk_create(_morning(row) for row in rows)
        seats = [participants * (number + 1) // sessions - participants * number // sessions for number in numbers]
        done += _fill(rows, seats, bookers, organisations)
        tell(f"{numbers[-1] + 1} of {sessions} sessions, {done} of {participants} participants")
    versions.bump(CATALOGUE)


def _session(number: int, trainings: list[int]) -> Session:
    start = _start(number)
    closes = dict.fromkeys(("booking_closes_at", "cancelling_closes_at", "changing_closes_at"), start - timedelta(days=2))
    state = Session.State.PUBLISHED if start > timezone.now() else Session.State.DONE
    names = start - timedelta(days=2)
    training = trainings[number % len(trainings)]
    session = Session(training_id=training, code=f"{PREFIX}{number:06}", state=state, capacity=20, names_close_at=names, **closes)
    session.begins = start
    return session


def _start(number: int) -> datetime:
    """Half a year ahead for some, ten years back for all others."""
    turn = number // TO_COME
    days = SOONEST + turn % 170 if number % TO_COME == 0 else -1 - number * 7 % 3650
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(9)))


def _morning(session: Session) -> DayPart:
    return DayPart(session=session, starts_at=session.begins, ends_at=session.begins + timedelta(hours=3), room="Zaal 1")


def _fill(sessions: list[Session], seats: list[int], bookers: list[User], organisations: list[Organisation]) -> int:
    """So many people in each session, some of them in each booking; returns how many in all."""
    bookings: list[Booking] = []
    people: list[Participant] = []
    for session, number in zip(sessions, seats, strict=True):
        for first in range(0, number, A_BOOKING):
            turn = len(bookings) + session.pk
            by, organisation = bookers[turn % len(bookers)], organisations[turn % len(organisations)]
            bookings.append(Booking(session=session, booked_by=by, organisation=organisation))
            people += [_person(bookings[-1], at) for at in range(first, min(first + A_BOOKING, number))]
    Booking.objects.bulk_create(bookings, batch_size=CHUNK)
    Participant.objects.bulk_create(people, batch_size=CHUNK)
    HistoryEntry.objects.bulk_create(
        (HistoryEntry(session=one.session, booking=one, by=one.booked_by, verb=HistoryEntry.Verb.BOOKED) for one in bookings),
        batch_size=CHUNK,
    )
    return len(people)


def _person(booking: Booking, at: int) -> Participant:
    names = {"first_name": "Amira", "family_name": f"Van den Broeck {at:03}", "email": f"deelnemer{at}{MAIL}"}
    return Participant(booking=booking, session=booking.session, **names)


def _bookers() -> list[User]:
    addresses = [f"boeker{number}{MAIL}" for number in range(BOOKERS)]
    User.objects.bulk_create((User(email=address, password=make_password(None)) for address in addresses), ignore_conflicts=True)
    return list(User.objects.filter(email__in=addresses).order_by("pk"))


def _organisations() -> list[Organisation]:
    names = [f"Veelschool {number}" for number in range(ORGANISATIONS)]
    there = set(Organisation.objects.filter(name__in=names).values_list("name", flat=True))
    sector = Sector.objects.order_by("pk").first()
    Organisation.objects.bulk_create(
        Organisation(name=name, sector=sector, state="confirmed") for name in names if name not in there
    )
    return list(Organisation.objects.filter(name__in=names).order_by("pk"))
