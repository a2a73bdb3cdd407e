"""Whom a message about a session reaches: each address once, with the people whom its owner booked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Participant, Session


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a message: with a place of their own in the session, with people whom they booked, or both."""

    address: str
    first_name: str
    own: Participant | None = None
    booked: list[Participant] = field(default_factory=list)

    @property
    def seat(self) -> Participant | None:
        """The place of their own, unless it is still waited or asked for."""
        return self.own if self.own and self.own.holds_seat else None

    @property
    def people(self) -> list[Participant]:
        """All whom this reader hears about."""
        return [*([self.own] if self.own else []), *self.booked]

    @property
    def has_seat(self) -> bool:
        """Whether one of them has a seat."""
        return any(person.holds_seat for person in self.people)

    @property
    def waits(self) -> bool:
        """Whether one of them is on the waiting list."""
        return any(person.state == Participant.State.WAITING for person in self.people)

    @property
    def awaits_approval(self) -> bool:
        """Whether one of them asked for a seat and has no answer yet."""
        return any(person.state == Participant.State.PENDING for person in self.people)

    @property
    def gives_back(self) -> bool:
        """Whether this is somebody who made a booking, and so can give seats back on the site."""
        return bool(self.booked) or (self.own is not None and is_booker(self.own))

    @property
    def passes_on(self) -> bool:
        """Whether somebody without an address hears it from this reader only."""
        return any(not person.email for person in self.booked)


def with_a_seat(session: Session) -> list[Reader]:
    """Everybody with a seat, and who booked for them."""
    return _readers(session.participants.seated())


def of_everybody(session: Session) -> list[Reader]:
    """Everybody with a seat, on the waiting list or awaiting approval, and who booked for them."""
    return _readers(session.participants.active())


def is_booker(person: Participant) -> bool:
    """Whether this person made the booking too."""
    return bool(person.email) and person.email == person.booking.booked_by.email


def _readers(found) -> list[Reader]:
    people = list(found.select_related("booking__booked_by").in_order())
    booked = defaultdict(list)
    for person in people:
        if not is_booker(person):
            booked[person.booking.booked_by.email].append(person)
    own = {person.email: person for person in people if person.email}
    mine = [Reader(address, person.first_name, person, booked[address]) for address, person in own.items()]
    return mine + [Reader(address, name, None, booked[address]) for address, name in _bookers(people).items() if address not in own]


def _bookers(people: Iterable[Participant]) -> dict[str, str]:
    """The addresses of who booked, each with a first name or none."""
    bookers = (person.booking.booked_by for person in people)
    return {booker.email: booker.first_name for booker in bookers}
