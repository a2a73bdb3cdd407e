"""Making a draft from a training's defaults, or like another session: its code, its day-parts and its deadlines."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from trainings.dates import day_parts, working_days
from trainings.dates.day_parts import Part
from trainings.models import ChecklistItem, HistoryEntry, Session, Trainer, TrainingPage
from trainings.refusals import NoDayPart
from trainings.seats import record

BOOKING_CLOSES = 3  # working days before the session
CANCELLING_CLOSES = 5
CHANGING_CLOSES = 1
NAMES_CLOSE = 6
# What a copy takes over; its deadlines are reckoned anew from its own days.
COPIED = (
    *("capacity", "language", "visibility", "waiting_list", "public_note", "team_note"),
    *("audience", "invited", "approval", "pending_holds_seat", "seats_per_organisation", "head_count"),
    *("offer_days", "first_timers_first"),
)
CANNOT_BE_GUESSED = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
AT_NOON = time(12)
Verb = HistoryEntry.Verb
State = Session.State


@transaction.atomic
def plan_session(
    training: TrainingPage,
    *,
    by,
    day: date | None = None,
    begins: time = time(9),
    parts: Sequence[Part] | None = None,
    trainers: Iterable[Trainer] | None = None,
    place: dict | None = None,
    form_key: uuid.UUID | None = None,
    **facts,
) -> Session:
    """A draft with the training's defaults: seats, language, trainers, day-parts, deadlines, checklist and a code.

    `parts` come instead of `day`, `begins` and `place`; `facts` are fields of the session that differ from the defaults.
    The same `form_key` returns the session that it planned for that moment before.
    """
    # The row of the training is locked: two organisers who plan at once must not get the same code.
    TrainingPage.objects.select_for_update(of=("self",)).get(pk=training.pk)
    parts = parts or (day_parts.from_defaults(training, day, begins, **place or {}) if day else [])
    if not parts:
        raise NoDayPart
    starts_at = min(part.starts_at for part in parts)
    # A form of a series plans several, each at a moment of its own.
    key = uuid.uuid5(form_key, starts_at.astimezone(UTC).isoformat()) if form_key else None
    if key and (before := training.sessions.filter(form_key=key).first()):
        return before
    code = next_code(training, timezone.localdate(starts_at))
    if facts.get("visibility") == Session.Visibility.LINK:
        code += f"-{get_random_string(6, CANNOT_BE_GUESSED)}"
    session = Session.objects.create(training=training, code=code, form_key=key, **_defaults(training, starts_at) | facts)
    session.trainers.set(training.trainers.all() if trainers is None else trainers)
    day_parts.replace_all(session, parts)
    ChecklistItem.objects.bulk_create(ChecklistItem(session=session, kind=kind) for kind in ChecklistItem.Kind.values)
    record(session, None, Verb.PLANNED, by)
    return session


@transaction.atomic
def copy_session(session: Session, *, by, day: date, form_key: uuid.UUID | None = None) -> Session:
    """A draft like this session with its first day-part on `day`; people, history and what was arranged stay behind."""
    parts = day_parts.of(session)
    if not parts:
        raise NoDayPart
    facts = {name: getattr(session, name) for name in COPIED}
    if session.state == State.CANCELLED:
        facts["visibility"] = Session.Visibility.PUBLIC
    facts |= {"parts": day_parts.moved(parts, day), "trainers": session.trainers.all(), "form_key": form_key}
    made = plan_session(session.training, by=by, **facts)
    made.organisations.set(session.organisations.all())
    return made


def deadline(starts_at: datetime, days: int) -> datetime:
    """Noon, so many working days before the start; the start itself when that noon is over."""
    noon = day_parts.moment(working_days.before(timezone.localdate(starts_at), days), AT_NOON)
    return noon if noon > timezone.now() else starts_at


def next_code(training: TrainingPage, day: date) -> str:
    """The training's code, the year and a serial number: V03-26-02; a session only for who has the link gets more behind it."""
    prefix = f"{training.code}-{day:%y}-"
    codes = Session.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [code.removeprefix(prefix).partition("-")[0] for code in codes]
    serials = [int(number) for number in numbers if number.isdecimal()]
    return f"{prefix}{max(serials, default=0) + 1:02}"


def _defaults(training: TrainingPage, starts_at: datetime) -> dict:
    return {
        "capacity": training.group_max,
        "language": training.language,
        "booking_closes_at": deadline(starts_at, BOOKING_CLOSES),
        "cancelling_closes_at": deadline(starts_at, CANCELLING_CLOSES),
        "changing_closes_at": deadline(starts_at, CHANGING_CLOSES),
        "names_close_at": deadline(starts_at, NAMES_CLOSE),
        "approval": training.approval,
        "seats_per_organisation": training.seats_per_organisation,
    }
