"""The demo's sessions: seventy around today, in every state, always the same for the same day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from trainings import planning
from trainings.dates import working_days
from trainings.models import ChecklistItem, DayPart, HistoryEntry, Session, TrainingPage, Venue

from . import content
from .diary import BRUSSELS, Appointment, Diary

# How much of the checklist is ticked.
SHARE_ARRANGED: dict[str, float] = {"done": 1.0, "draft": 0.1}
# Every next session lies this much further, and begins over at the end: evenly spread, and never beside the one before.
GOLDEN = 0.618


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
    Fate(taken=0.4),
    Fate(taken=1.2),
    Fate(taken=0.15),
    Fate(taken=0.5),
    Fate(taken=1.3),
    Fate(taken=0.9),
    Fate(taken=0.92),
    Fate(taken=0.1),
    Fate(state=Session.State.DRAFT, taken=0),
    Fate(state=Session.State.CANCELLED, taken=0.3, reason="Er is waterschade in de zaal. We plannen een nieuwe datum."),
    Fate(visibility=Session.Visibility.LINK, taken=0.8),
    Fate(taken=0.05),
    Fate(taken=1.1),
]
JUST_HELD = Fate(taken=0.8)
PAST = Fate(state=Session.State.DONE, taken=0.65)


def plan(today: date) -> list[tuple[Appointment, Fate]]:
    """By date: every training once in the coming half year and a third of them twice, half of them in the past half year."""
    trainings = [row for row in content.trainings() if row["offer"] != TrainingPage.Offer.ON_REQUEST]
    diary = Diary(today, content.rows("venue"))
    # More of them soon than late. From this turn on, the trainings that people look for first come soon, but not tomorrow.
    coming = [diary.plan(row, share**1.3) for row, share in _spread([*trainings, *trainings[10:36:2]], turn=18)]
    held = [diary.plan(row, share, past=True) for row, share in _spread(trainings[36::-2])]
    last = max(held, key=lambda one: one.starts_at)
    fates = [*zip(coming, cycle(FATES), strict=False), *((one, JUST_HELD if one is last else PAST) for one in held)]
    return sorted(fates, key=lambda pair: pair[0].starts_at)


def _spread(trainings: list[dict], turn: int = 0) -> list[tuple[dict, float]]:
    return [(row, GOLDEN * number % 1) for number, row in enumerate(trainings, start=turn)]


def load_sessions(trainings: list[TrainingPage], venues: list[Venue], by) -> list[tuple[Session, Fate]]:
    """Sessions with their day-parts and checklists, each with the fate that bookings are made after."""
    random = Random(2015)  # noqa: S311 the same demo for everybody
    pages = {page.code: page for page in trainings}
    names = {row["slug"]: row["name"] for row in content.rows("venue")}
    rooms = {slug: venue for venue in venues for slug, name in names.items() if name == venue.name}
    return [
        (_session(pages[appointment.training["code"]], appointment, fate, rooms, random, by), fate)
        for appointment, fate in plan(timezone.localdate())
    ]


def _session(training: TrainingPage, appointment: Appointment, fate: Fate, rooms: dict, random: Random, by) -> Session:
    day = appointment.starts_at.date()
    serial = training.sessions.filter(code__startswith=f"{training.code}-{day:%y}").count() + 1
    session = Session.objects.create(
        training=training,
        code=f"{training.code}-{day:%y}-{serial:02}",
        state=fate.state,
        visibility=fate.visibility,
        language=training.language,
        capacity=training.group_max,
        **_deadlines(day),
        cancel_reason=fate.reason,
        public_note=_note(training),
        created_at=_at(min(day - timedelta(weeks=16), timezone.localdate() - timedelta(days=1)), time(10)),
    )
    if fate is PAST or random.random() > 0.12:
        session.trainers.set(training.trainers.all())
    _day_parts(session, appointment, rooms)
    _checklist(session, fate, random, by)
    HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.PLANNED, by=by, at=session.created_at)
    return session


def _deadlines(day: date) -> dict[str, datetime]:
    """Noon, so many working days before: as they are proposed to an organiser."""
    days = {
        "booking_closes_at": planning.BOOKING_CLOSES,
        "cancelling_closes_at": planning.CANCELLING_CLOSES,
        "changing_closes_at": planning.CHANGING_CLOSES,
        "names_close_at": planning.NAMES_CLOSE,
    }
    return {name: _at(working_days.before(day, number), time(12)) for name, number in days.items()}


def _note(training: TrainingPage) -> str:
    if training.format == TrainingPage.Format.ONLINE:
        return "De link werkt vanaf tien minuten voor het begin. Hou een concrete vraag uit je eigen werk klaar."
    return "Er is koffie en water. Breng een concrete vraag uit je eigen werk mee."


def _day_parts(session: Session, appointment: Appointment, rooms: dict) -> None:
    link = f"https://vergadering.demo/{session.code.lower()}"
    DayPart.objects.bulk_create(
        DayPart(
            session=session,
            starts_at=part.starts_at,
            ends_at=part.ends_at,
            venue=rooms.get(part.venue),
            online_link=link if part.online else "",
        )
        for part in appointment.parts
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
