"""The rows behind the sheets: sessions with all that a sheet needs, and the flat data, one after the other."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.workbook import Column
from trainings.models import Attendance, DayPart, Participant, Session

from .facts import by_name

# Fetched together: few enough to keep memory flat over a year, enough to ask the database little.
AT_ONCE = 20
# A session without a date has its participants all the same.
NO_PART = (None, None, None, None, None, None)


def of_period(first: date, last: date):
    """Sessions with a day-part from the first day up to and including the last; no drafts, none that is cancelled."""
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    parts = DayPart.objects.filter(starts_at__gte=start, starts_at__lt=end)
    held = (Session.State.PUBLISHED, Session.State.DONE)
    return Session.objects.filter(state__in=held, pk__in=parts.values("session"))


def loaded(sessions) -> Iterator[Session]:
    """These sessions by date, with their day-parts, trainers and seated people, in a few queries per twenty."""
    # Only what a sheet shows is read: no e-mail address, no page text.
    wanted = (
        sessions.with_times()
        .order_by("starts_at", "code")
        .select_related("training")
        .prefetch_related(
            "trainers",
            Prefetch("day_parts", DayPart.objects.select_related("venue")),
            Prefetch("participants", _people()),
        )
    )
    wanted = wanted.only("code", "state", "training__code", "training__title")
    return wanted.iterator(chunk_size=AT_ONCE)


def columns() -> list[Column]:
    """The headings of the flat data."""
    return [
        Column(_("Session"), 12),
        Column(_("Training code"), 10),
        Column(_("Training"), 36),
        Column(_("Day-part"), 8, "number"),
        Column(_("Date"), 11, "date"),
        Column(_("Start"), 8, "time"),
        Column(_("End"), 8, "time"),
        Column(_("Place"), 26),
        Column(_("Given by"), 22),
        Column(_("Family name"), 20),
        Column(_("First name"), 16),
        Column(_("Organisation"), 28),
        Column(_("Booking"), 12),
        Column(_("Without booking"), 13),
        Column(_("Attendance"), 14),
    ]


def flat(session: Session) -> Iterator[tuple]:
    """One row per participant and day-part."""
    head = (session.code, session.training.code, session.training.title)
    trainers = ", ".join(trainer.name for trainer in session.trainers.all())
    parts = [(part.pk, *_part(number, part)) for number, part in enumerate(session.day_parts.all(), 1)]
    words, statuses = {True: _("yes"), False: _("no")}, dict(Attendance.Status.choices)
    for person in by_name(session):
        noted = {attendance.day_part_id: statuses[attendance.status] for attendance in person.attendances.all()}
        name = (person.family_name, person.first_name) if person.is_named else (str(person), None)
        who = (*name, person.organisation_name, person.reference, words[person.walk_in])
        for pk, *part in parts or [NO_PART]:
            yield (*head, *part, trainers, *who, noted.get(pk))


def _part(number: int, part: DayPart) -> tuple:
    start, end = timezone.localtime(part.starts_at), timezone.localtime(part.ends_at)
    return number, start.date(), start.time(), end.time(), part.place


def _people():
    attendances = Attendance.objects.only("participant", "day_part", "status")
    return (
        Participant.objects.seated()
        .order_by("pk")
        .annotate(organisation_name=F("booking__organisation__name"), reference=F("booking__reference"))
        .only("session", "state", "first_name", "family_name", "walk_in")
        .prefetch_related(Prefetch("attendances", attendances))
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
