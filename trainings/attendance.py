"""Noting who came, per participant and day-part."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from .models import Attendance, DayPart, HistoryEntry, Participant, Session
from .refusals import AlreadyCame, NotItsDayYet, NotOfThisSession, StepNotAllowed
from .seats import lock

Marks = Mapping[tuple[int, int], str]
HELD = (Session.State.PUBLISHED, Session.State.DONE)
# What can be known before the day: who said that they will not come.
BEFOREHAND = (Attendance.Status.EXCUSED,)


def is_before_its_day(part: DayPart) -> bool:
    """Whether the day of this day-part has still to come; in the morning of that day one may begin to tick."""
    return timezone.localdate(part.starts_at) > timezone.localdate()


@transaction.atomic
def note_attendance(session: Session, *, marks: Marks, by) -> int:
    """Notes `{(participant, day-part): status}` by their keys, an empty status takes a mark away; returns how many are new.

    The same marks a second time change nothing. Raises `NotOfThisSession` when a key is of somebody or something else, and
    `NotItsDayYet` when somebody was there on a day that has still to come.
    """
    session = lock(session)
    if session.state not in HELD:
        raise StepNotAllowed
    parts = {part.pk: part for part in session.day_parts.all()}
    _refuse_strangers(session, marks, parts)
    _refuse_too_early(marks, parts)
    before = noted(session)
    new = {key: status for key, status in marks.items() if status and before.get(key) != status}
    gone = [key for key, status in marks.items() if not status and key in before]
    _write(new, by)
    for participant, day_part in gone:
        Attendance.objects.filter(participant=participant, day_part=day_part).delete()
    if changes := len(new) + len(gone):
        HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.ATTENDANCE, by=by, detail=str(changes))
    return changes


@transaction.atomic
def all_present(session: Session, *, day_part: int, by, but: Marks | None = None) -> int:
    """Everybody with a seat was there in this day-part, but for who has a mark already or gets one in `but`."""
    marked = {key for key, status in (noted(session) | dict(but or {})).items() if status}
    present = {
        (participant, day_part): Attendance.Status.PRESENT
        for participant in seated(session).values_list("pk", flat=True)
        if (participant, day_part) not in marked
    }
    return note_attendance(session, marks=dict(but or {}) | present, by=by)


def leave_none_to_somebody_else(participant: Participant) -> None:
    """Before the seat of this participant goes to somebody else: who excused themselves for a day to come did it for themselves.

    Called under the lock. Raises `AlreadyCame` where it is noted of a day that has come: what one person did is never another's.
    """
    marks = participant.attendances.select_related("day_part")
    if any(not is_before_its_day(mark.day_part) for mark in marks):
        raise AlreadyCame
    participant.attendances.all().delete()


def noted(session: Session) -> dict[tuple[int, int], str]:
    """The marks there are, in one query."""
    rows = Attendance.objects.filter(day_part__session=session)
    return {(participant, part): status for participant, part, status in rows.values_list("participant", "day_part", "status")}


def seated(session: Session):
    """Who is on the attendance sheet."""
    return session.participants.seated().in_order()


def _refuse_strangers(session: Session, marks: Marks, parts: Mapping[int, DayPart]) -> None:
    people = set(session.participants.seated().values_list("pk", flat=True))
    if any(participant not in people or part not in parts for participant, part in marks):
        raise NotOfThisSession


def _refuse_too_early(marks: Marks, parts: Mapping[int, DayPart]) -> None:
    # A mark can always be taken away.
    for (_participant, part), status in marks.items():
        if status and status not in BEFOREHAND and is_before_its_day(parts[part]):
            raise NotItsDayYet


def _write(marks: Marks, by) -> None:
    rows = [
        Attendance(participant_id=participant, day_part_id=part, status=status, noted_by=by, noted_at=timezone.now())
        for (participant, part), status in marks.items()
    ]
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["participant", "day_part"],
        update_fields=["status", "noted_by", "noted_at"],
    )


def is_complete(session: Session) -> bool:
    """Whether everybody with a seat has a mark in every day-part."""
    expected = Participant.objects.seated().filter(session=session).count() * session.day_parts.count()
    return len(noted(session)) >= expected
