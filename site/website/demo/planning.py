"""The demo's sessions: about seventy around today, in every state, always the same for the same day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from zoneinfo import ZoneInfo

from django.utils import timezone

from trainings.models import ChecklistItem, DayPart, HistoryEntry, Session, TrainingPage, Venue

BRUSSELS = ZoneInfo("Europe/Brussels")
MORNING, AFTERNOON = time(9, 0), time(13, 30)
# How many weeks from today the sessions lie, so that each half year is filled without crowding.
WEEKS = [
    *range(-24, 0, 2),
    *range(1, 25),
    *range(2, 26, 2),
    1,
    3,
    7,
    12,
    -3,
    -7,
    -11,
    -15,
    -19,
    3,
    5,
    8,
    11,
    14,
    17,
    20,
    4,
    9,
    13,
    6,
    10,
    2,
]


# How much of the checklist is ticked.
SHARE_ARRANGED: dict[str, float] = {"done": 1.0, "draft": 0.1}


@dataclass(frozen=True)
class Fate:
    """What becomes of a session: its state, and how much of it is taken (1 is full, above 1 leaves people waiting)."""

    state: str = Session.State.PUBLISHED
    visibility: str = Session.Visibility.PUBLIC
    taken: float = 0.4
    reason: str = ""


FATES = [
    Fate(taken=0.3),
    Fate(taken=0.55),
    Fate(taken=1.2),
    Fate(taken=0.92),
    Fate(taken=0.15),
    Fate(taken=0.6),
    Fate(taken=0.9),
    Fate(state=Session.State.CANCELLED, taken=0.3, reason="De lesgever is langdurig ziek. We plannen een nieuwe datum."),
    Fate(taken=0.4),
    Fate(taken=1.3),
    Fate(state=Session.State.DRAFT, taken=0),
    Fate(taken=0.7),
    Fate(visibility=Session.Visibility.LINK, taken=0.8),
    Fate(taken=0.05),
    Fate(taken=1.1),
]
PAST = Fate(state=Session.State.DONE, taken=0.75)


def load_sessions(trainings: list[TrainingPage], venues: list[Venue], by) -> list[tuple[Session, Fate]]:
    """Sessions with their day-parts and checklists, each with the fate that bookings are made after."""
    random = Random(2015)  # noqa: S311 the same demo for everybody
    open_ones = [training for training in trainings if training.offer != TrainingPage.Offer.ON_REQUEST]
    fates, made = cycle(FATES), []
    for training, weeks in zip(cycle(open_ones), WEEKS, strict=False):
        fate = PAST if weeks < 0 else next(fates)
        made.append((_session(training, _weekday(weeks, random), fate, venues, random, by), fate))
    return made


def _weekday(weeks: int, random: Random) -> date:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    return monday + timedelta(weeks=weeks, days=random.choice([0, 1, 1, 3, 3, 4]))


def _session(training: TrainingPage, day: date, fate: Fate, venues: list[Venue], random: Random, by) -> Session:
    closes = _at(day - timedelta(days=3), time(12))
    serial = training.sessions.count() + 1
    session = Session.objects.create(
        training=training,
        code=f"{training.code}-{day:%y}-{serial:02}",
        state=fate.state,
        visibility=fate.visibility,
        language=training.language,
        capacity=training.group_max,
        booking_closes_at=closes,
        cancelling_closes_at=closes,
        cancel_reason=fate.reason,
        public_note="Er is koffie en water. Breng een concrete vraag uit je eigen werk mee.",
        created_at=_at(day - timedelta(weeks=16), time(10)),
    )
    if random.random() > 0.12:
        session.trainers.set(training.trainers.all())
    _day_parts(session, day, _venue(training, venues, random))
    _checklist(session, fate, random, by)
    HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.PLANNED, by=by, at=session.created_at)
    return session


def _venue(training: TrainingPage, venues: list[Venue], random: Random) -> Venue:
    fitting = [venue for venue in venues if (venue.capacity or 0) >= training.group_max]
    return random.choice(fitting[:4]) if fitting else venues[-1]


def _day_parts(session: Session, day: date, venue: Venue) -> None:
    training = session.training
    parts = training.days * training.parts_per_day
    length = timedelta(minutes=training.duration_minutes // parts)
    online = training.format == TrainingPage.Format.ONLINE
    for number in range(parts):
        day_number, part = divmod(number, training.parts_per_day)
        starts = _at(day + timedelta(weeks=day_number), AFTERNOON if part or (parts == 1 and session.pk % 2) else MORNING)
        remote = online or (training.format == TrainingPage.Format.HYBRID and number == 0)
        DayPart.objects.create(
            session=session,
            starts_at=starts,
            ends_at=starts + length,
            venue=None if remote else venue,
            online_link=f"https://vergadering.demo/{session.code.lower()}" if remote else "",
        )


def _checklist(session: Session, fate: Fate, random: Random, by) -> None:
    share = SHARE_ARRANGED.get(fate.state, 0.6)
    for kind in ChecklistItem.Kind.values:
        done = random.random() < share
        ChecklistItem.objects.create(
            session=session, kind=kind, done_at=session.created_at if done else None, done_by=by if done else None
        )


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BRUSSELS)
