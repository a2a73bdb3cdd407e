"""Seats of a session: locked before they are counted, and filled in one place."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .models import Booking, HistoryEntry, Participant, Session, free_seats
from .refusals import AlreadyBooked
from .words.language import in_site_language

CATALOGUE = "catalogue"


@dataclass(frozen=True)
class Person:
    """Who is to take a seat; an e-mail address is optional, mail then goes to the booker."""

    first_name: str
    family_name: str
    email: str = ""
    function: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is known who this is."""
        return bool(self.first_name or self.family_name)

    @property
    def address(self) -> str:
        """The address as it is kept: small letters, no blanks around it."""
        return self.email.strip().lower()

    def columns(self) -> dict[str, str]:
        """What a participant keeps of this person."""
        names = {name: getattr(self, name).strip() for name in ("first_name", "family_name", "function")}
        return names | {"email": self.address}


# Somebody of whom only the seat is known so far.
NOBODY_YET = Person("", "")


def lock(session: Session) -> Session:
    """The session as it is now, locked until the transaction ends: whoever counts seats waits for its turn here.

    PostgreSQL locks the row; SQLite took its only write lock when the transaction began (`transaction_mode`).
    """
    return Session.objects.select_for_update(of=("self",)).select_related("training").order_by("pk").get(pk=session.pk)


def lock_both(one: Session, other: Session) -> tuple[Session, Session]:
    """Two sessions, locked in the order of their keys: two who move people to and fro cannot wait for each other."""
    locked = {session.pk: lock(session) for session in sorted((one, other), key=lambda session: session.pk)}
    return locked[one.pk], locked[other.pk]


def lock_all(sessions) -> None:
    """Locks these sessions in the order of their keys, for what changes many bookings at once."""
    keys = sessions.order_by().values("pk")
    list(Session.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def seats_left(session: Session) -> int:
    """Seats to give, counted now; below zero after overbooking or when the capacity was lowered."""
    return session.capacity - Session.objects.with_seats_taken().values_list("taken", flat=True).get(pk=session.pk)


def seats_to_book(session: Session) -> int:
    """Seats that somebody new may book, counted now: who waits for what is left goes first."""
    counted = Session.objects.with_seats_taken().with_wanted().values_list("taken", "wanted")
    return free_seats(session.capacity, *counted.get(pk=session.pk))


def refuse_taken_addresses(session: Session, people: Sequence[Person], *, but: Collection[int] = ()) -> None:
    """Raises `AlreadyBooked` for an address that stands here twice, or has a place in this session that is not one of `but`."""
    addresses = [person.address for person in people if person.address]
    for position, address in enumerate(addresses):
        if address in addresses[:position]:
            raise AlreadyBooked(address)
    taken = session.participants.active().filter(email__in=addresses).exclude(pk__in=but)
    if address := taken.values_list("email", flat=True).first():
        raise AlreadyBooked(address)


def take_seats(booking: Booking, people: Iterable[Person], state, *, walk_in: bool = False) -> list[Participant]:
    """A row for each of these people; the constraint on addresses is the net under `refuse_taken_addresses`."""
    seats = [
        Participant(booking=booking, session=booking.session, state=state, walk_in=walk_in, **person.columns()) for person in people
    ]
    try:
        # Without a savepoint of its own: a refused seat undoes the whole booking.
        with transaction.atomic(savepoint=False):
            return Participant.objects.bulk_create(seats)
    except IntegrityError as error:
        raise AlreadyBooked("") from error


def seat_of(booking: Booking, participant: Participant | Person):
    """The state in which somebody of this booking gets a seat: asked for, waiting for a name, or confirmed."""
    if booking.stage:
        return Participant.State.PENDING
    return Participant.State.RESERVED if not participant.is_named and not booking.head_count else Participant.State.CONFIRMED


def by_own_link(detail: str, by) -> str:
    """What is written down of something that nobody signed in for: the participant did it, by the link in the own mail."""
    if by is not None:
        return detail
    with in_site_language():
        return _("%(what)s – by the link in the mail") % {"what": detail}


def record(session: Session, booking: Booking | None, verb, by, detail: str = "") -> None:
    """Writes into the history what happened, in the transaction in which it happens."""
    HistoryEntry.objects.create(session=session, booking=booking, verb=verb, by=by, detail=detail[:300])
