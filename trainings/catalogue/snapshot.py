"""The catalogue as it stands now, read with four small queries and kept in the process until it changes."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import Case, CharField, Count, Exists, ExpressionWrapper, F, Max, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageViewRestriction

from shared import kept_answers, versions
from shared.prepared import Prepared
from trainings.models import CataloguePage, DayPart, Session, TrainingPage

from .facts import SessionFacts, Topic, TrainingFacts

T = TypeVar("T")
VERSION = "catalogue"
FACTS = [
    "pk", "code", "slug", "title", "summary", "kind", "level", "format", "language", "trainer_kind",
    "duration_minutes", "days", "price", "offer", "only_sectors", "stems", "first_published_at",
]  # fmt: skip
SESSION_FACTS = [
    "pk", "training", "code", "starts_at", "ends_at", "parts", "place", "language",
    "capacity", "taken", "wanted", "waiting_list", "booking_closes_at", "cancelled",
]  # fmt: skip


@dataclass(frozen=True)
class Snapshot:
    """All published trainings by title, and their coming public sessions by date."""

    now: datetime
    title: str
    introduction: str
    trainings: tuple[TrainingFacts, ...]
    sessions: dict[int, tuple[SessionFacts, ...]]
    memory: dict = field(default_factory=dict, repr=False)  # what others worked out from it, by name or training

    @property
    def year(self) -> int:
        """This year, on the clock in Brussels."""
        return timezone.localtime(self.now).year

    def sessions_of(self, training: TrainingFacts) -> tuple[SessionFacts, ...]:
        """The coming sessions of a training, the soonest first."""
        return self.sessions.get(training.pk, ())

    def once(self, name, find: Callable[[], T]) -> T:
        """What `find` works out of all of it, the first time that it is asked under this name."""
        if name not in self.memory:
            self.memory[name] = find()
        return self.memory[name]

    def coming(self) -> list[tuple[SessionFacts, TrainingFacts]]:
        """All coming sessions with their trainings, the soonest first."""
        trainings = {training.pk: training for training in self.trainings}
        rows = (session for sessions in self.sessions.values() for session in sessions)
        return [(session, trainings[session.training]) for session in sorted(rows, key=lambda row: (row.starts_at, row.code))]


def current(request=None) -> Snapshot:
    """The catalogue of this minute; a request has often read the version already."""
    version = kept_answers.number(request, VERSION) if request else versions.current(VERSION)
    return kept_answers.latest("catalogue", (version, kept_answers.moment()), read)


def published():
    """Trainings that everybody may see: live, and in no private part of the page tree."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = PageViewRestriction.objects.alias(path=path).filter(path__startswith=F("page__path"))
    return TrainingPage.objects.live().filter(~Exists(private))


def read() -> Snapshot:
    """Reads everything anew, in three queries however many sessions there are."""
    now = timezone.now()
    rows = _TRAININGS.rows(now)
    title, introduction = rows[0][-2:] if rows else ("", "")
    themes, sectors = _topics(now)
    trainings = tuple(TrainingFacts(*row[:-2], tuple(themes[row[0]]), tuple(sectors[row[0]])) for row in rows)
    return Snapshot(now, title, introduction, trainings, per_training(_SESSIONS.rows(now), {row[0] for row in rows}))


def _trainings(now: datetime):
    above = CataloguePage.objects.order_by("pk")[:1]
    texts = Subquery(above.values("title")), Subquery(above.values("introduction"))
    return published().order_by("title", "pk").values_list(*FACTS, *texts)


def _topic_rows(now: datetime):
    themes, sectors = TrainingPage.themes.through.objects, TrainingPage.sectors.through.objects
    return themes.values_list(
        "trainingpage", "pk", Value("theme"), "theme__slug", "theme__name", "theme__position", "theme__illustration"
    ).union(
        sectors.values_list("trainingpage", "pk", Value("sector"), "sector__slug", "sector__name", "sector__position", Value("")),
        all=True,
    )


def _topics(now: datetime) -> tuple[dict[int, list[Topic]], dict[int, list[Topic]]]:
    """Themes and sectors per training, in one query; the main theme is the one chosen first, sectors stand in their own order."""
    found: dict[str, dict[int, list[Topic]]] = {"theme": defaultdict(list), "sector": defaultdict(list)}
    for training, _pk, kind, *topic in sorted(_TOPICS.rows(now), key=lambda row: row[1]):
        found[kind][training].append(Topic(*topic))
    for sectors in found["sector"].values():
        sectors.sort(key=lambda sector: (sector.position, sector.name))
    return found["theme"], found["sector"]


def _coming_sessions(now: datetime):
    """The published sessions that have still to begin, counted by the database: past ones are never read."""
    soon = DayPart.objects.filter(starts_at__gt=now).values("session")
    return session_facts(Session.objects.listed().filter(state=Session.State.PUBLISHED, pk__in=soon)).filter(starts_at__gt=now)


_TRAININGS, _TOPICS, _SESSIONS = Prepared(_trainings), Prepared(_topic_rows), Prepared(_coming_sessions)


def per_training(rows, trainings: set[int]) -> dict[int, tuple[SessionFacts, ...]]:
    """Rows of `session_facts` by training, of these trainings only."""
    found = defaultdict(list)
    for row in rows:
        if row[1] in trainings:
            day = timezone.localdate(row[3])
            found[row[1]].append(SessionFacts(*row, day, f"{day:%Y-%m}"))
    return {training: tuple(sessions) for training, sessions in found.items()}


def session_facts(sessions):
    """These sessions as rows for `SessionFacts`, the soonest first, in one query."""
    return (
        sessions.with_seats_taken()
        .with_wanted()
        .annotate(
            starts_at=Min("day_parts__starts_at"),
            ends_at=Max("day_parts__ends_at"),
            parts=Count("day_parts"),
            place=Coalesce(Min("day_parts__venue__name"), Value("")),
            cancelled=Case(When(state=Session.State.CANCELLED, then=True), default=False),
        )
        .order_by("starts_at", "code")
        .values_list(*SESSION_FACTS)
    )
