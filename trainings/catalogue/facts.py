"""What the catalogue shows of a training and of its sessions, as light rows without a database behind them."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from trainings.models import free_seats

FEW_SEATS = 3
HALF_DAY = 240  # minutes


class Topic(NamedTuple):
    """A theme or a sector."""

    slug: str
    name: str
    position: int = 100
    drawing: str = ""


class SessionFacts(NamedTuple):
    """A listed session; `place` is the name of its (first) venue.

    `day` is its first day on the clock in Brussels, and `month` the month of it: `2026-12`.
    """

    pk: int
    training: int
    code: str
    starts_at: datetime
    ends_at: datetime
    parts: int
    place: str
    language: str
    capacity: int
    taken: int
    wanted: int | None
    waiting_list: bool
    closes_at: datetime
    cancelled: bool
    day: date
    month: str

    @property
    def seats_left(self) -> int:
        """Seats that somebody new may book."""
        return free_seats(self.capacity, self.taken, self.wanted)

    def has_seats(self, now: datetime) -> bool:
        """Whether one may book a seat now."""
        return self.seats_left > 0 and now < self.closes_at and not self.cancelled

    def has_queue(self, now: datetime) -> bool:
        """Whether one may wait for a seat now."""
        return self.seats_left == 0 and self.waiting_list and now < self.closes_at and not self.cancelled


class TrainingFacts(NamedTuple):
    """A published training of the catalogue."""

    pk: int
    code: str
    slug: str
    title: str
    summary: str
    kind: str
    level: str
    format: str
    language: str
    trainer_kind: str
    duration: int
    days: int
    price: Decimal
    offer: str
    only_sectors: bool
    stems: str
    published_at: datetime | None
    themes: tuple[Topic, ...] = ()
    sectors: tuple[Topic, ...] = ()

    @property
    def length(self) -> str:
        """The kind of length that people look for: `short`, `half-day`, `day` or `days`."""
        if self.days > 1:
            return "days"
        if self.duration <= 120:
            return "short"
        return "half-day" if self.duration <= HALF_DAY else "day"

    @property
    def on_request(self) -> bool:
        """Whether an organisation may ask for it."""
        return self.offer != "open"


class Availability(NamedTuple):
    """What a card says about dates: when the session is that it names, in which state, and how many more there are.

    `state` is what `state_of` says of that session; without one it is `on-request` or `none`.
    """

    state: str
    starts_at: datetime | None = None
    seats_left: int = 0
    more: int = 0


def state_of(session: SessionFacts, now: datetime) -> str:
    """Free, few, waiting, full, closed or cancelled: what a visitor can do with this session now."""
    if session.cancelled:
        return "cancelled"
    if now >= session.closes_at:
        return "closed"
    if session.seats_left:
        return "few" if session.seats_left <= FEW_SEATS else "free"
    return "waiting" if session.waiting_list else "full"


def availability(training: TrainingFacts, sessions: tuple[SessionFacts, ...], now: datetime) -> Availability:
    """The first session with a seat; else the first one with a queue; else the first; else how the training is offered."""
    if not sessions:
        return Availability("on-request" if training.on_request else "none")
    first = next(
        (session for session in sessions if session.has_seats(now)),
        next((session for session in sessions if session.has_queue(now)), sessions[0]),
    )
    return Availability(state_of(first, now), first.starts_at, first.seats_left, len(sessions) - 1)
