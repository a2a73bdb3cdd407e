"""What stands on an attendance sheet, in words, whoever prints it; nothing in it that paper should not carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import combining, normalize

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainings.models import DayPart, Participant, Session


@dataclass(frozen=True)
class Person:
    """One line of the list; without a name where somebody of an organisation is expected whose name is not known."""

    number: int
    family_name: str
    first_name: str
    organisation: str
    walk_in: bool

    @property
    def mark(self) -> str:
        """The number, with a plus for who came without a booking."""
        return f"{self.number} +" if self.walk_in else str(self.number)


@dataclass(frozen=True)
class Signing:
    """A column to sign in; day and time are empty where there is one day-part only."""

    day: str = ""
    time: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """Everything on one session's sheet."""

    code: str
    training: str
    state: str
    when: tuple[str, ...]
    where: tuple[str, ...]
    trainers: tuple[str, ...]
    signings: tuple[Signing, ...]
    people: tuple[Person, ...]

    @property
    def name(self) -> str:
        """Code and training, as at the foot of each page."""
        return f"{self.code} · {self.training}"

    @property
    def legend(self) -> str:
        """What the plus means, where there is one."""
        return _("+ came without a booking") if any(person.walk_in for person in self.people) else ""


def facts(session: Session) -> AttendanceSheet:
    """The facts of a session that `rows.loaded` fetched."""
    parts = list(session.day_parts.all())
    one_place = len({part.place for part in parts}) == 1
    return AttendanceSheet(
        code=session.code,
        training=session.training.title,
        state=_state(session),
        when=tuple(_days(parts, with_place=not one_place)) or (_("Date to be announced"),),
        where=(_full_place(parts[0]),) if one_place else (),
        trainers=tuple(trainer.name for trainer in session.trainers.all()),
        signings=_signings(parts),
        people=tuple(_people(session)),
    )


def times(part: DayPart) -> str:
    """From when to when, by the clock on the wall."""
    start, end = timezone.localtime(part.starts_at), timezone.localtime(part.ends_at)
    return f"{date_format(start, 'G.i')}–{date_format(end, 'G.i')}"


def by_name(session: Session) -> list[Participant]:
    """Family name, then first name, as in a telephone book: Öztürk before Peeters, whatever the database holds of it.

    Seats without a name come last, those of one organisation together, so that its people sign below one another.
    """
    return sorted(session.participants.all(), key=_place)


def _place(person: Participant) -> tuple:
    whose = "" if person.is_named else _plain(person.organisation_name or "")
    return not person.is_named, _plain(person.family_name), _plain(person.first_name), whose


def _plain(name: str) -> str:
    return "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))


def _state(session: Session) -> str:
    # A list of a session that will not be held, or may still change, says so.
    return session.get_state_display() if session.state in (Session.State.DRAFT, Session.State.CANCELLED) else ""


def _days(parts: Sequence[DayPart], *, with_place: bool):
    for (day, place), group in groupby(parts, key=lambda part: (timezone.localdate(part.starts_at), part.place)):
        clock = _(" and ").join(times(part) for part in group)
        line = f"{date_format(day, 'l j F Y')}, {clock}"
        yield f"{line} · {place}" if with_place else line


def _full_place(part: DayPart) -> str:
    address = part.venue.address if part.venue else ""
    return " · ".join(text for text in (part.place, address) if text)


def _signings(parts: Sequence[DayPart]) -> tuple[Signing, ...]:
    if len(parts) < 2:
        return (Signing(),)
    return tuple(Signing(date_format(timezone.localdate(part.starts_at), "D j/n"), times(part)) for part in parts)


def _people(session: Session):
    for number, person in enumerate(by_name(session), 1):
        yield Person(number, person.family_name, person.first_name, person.organisation_name or "", person.walk_in)
