"""The lists one filters by: what each is called in addresses and on screen, and which values a training has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.models import TrainingPage as Offered

from .facts import SessionFacts, TrainingFacts
from .snapshot import Snapshot

MONTH = "maand"
MONTHS_AHEAD = 8

Sessions = tuple[SessionFacts, ...]


@dataclass(frozen=True)
class Facet:
    """One list of choices. `words` translates between the value of a row and the word in addresses."""

    name: str
    label: str | Promise
    values: Callable[[TrainingFacts, Sessions], Iterable[str]]
    choices: Callable[[Snapshot], list[tuple[str, str]]]


def _fixed(name, label, words: dict[str, str], choices, values) -> Facet:
    """A facet with the same choices always: `words` has the word in addresses for each value."""
    named = [(words[value], text) for value, text in choices]

    def in_address(training: TrainingFacts, sessions: Sessions) -> list[str]:
        return [words[value] for value in values(training, sessions)]

    return Facet(name, label, in_address, lambda snapshot: named)


def _topics(name, label, field: str) -> Facet:
    """A facet of themes or sectors: those that some training has, in their own order."""

    def choices(snapshot: Snapshot) -> list[tuple[str, str]]:
        found = {topic for training in snapshot.trainings for topic in getattr(training, field)}
        return [(topic.slug, topic.name) for topic in sorted(found, key=lambda topic: (topic.position, topic.name))]

    return Facet(name, label, lambda training, sessions: [topic.slug for topic in getattr(training, field)], choices)


def month_name(month: str) -> str:
    """`2026-12` as people say it, in the language at hand."""
    year, number = month.split("-")
    return f"{MONTHS[int(number)]} {year}"


def _months(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The months in which something is planned, the nearest ones."""
    found = sorted({session.month for sessions in snapshot.sessions.values() for session in sessions})
    return [(month, month_name(month)) for month in found[:MONTHS_AHEAD]]


def _languages(training: TrainingFacts, sessions: Sessions) -> set[str]:
    return {training.language, *(session.language for session in sessions)}


KIND = {"training": "vorming", "study_day": "studiedag", "exchange": "uitwisseling"}
LEVEL = {"basis": "basis", "verdieping": "verdieping", "expert": "expert"}
LENGTH = {"short": "tot-2-uur", "half-day": "halve-dag", "day": "hele-dag", "days": "meerdere-dagen"}
FORMAT = {"on_site": "ter-plaatse", "online": "online", "hybrid": "gemengd"}
LANGUAGE = {"nl": "nederlands", "en": "engels", "fr": "frans"}
TRAINER = {"team": "team", "external": "extern"}
LENGTHS = [("short", _("up to 2 hours")), ("half-day", _("half a day")), ("day", _("a whole day")), ("days", _("several days"))]

FACETS = [
    _topics("thema", _("Theme"), "themes"),
    _topics("sector", _("Sector"), "sectors"),
    Facet(MONTH, _("When"), lambda training, sessions: {session.month for session in sessions}, _months),
    _fixed("duur", _("Length"), LENGTH, LENGTHS, lambda training, sessions: [training.length]),
    _fixed("vorm", _("Online or on site"), FORMAT, Offered.Format.choices, lambda training, sessions: [training.format]),
    _fixed("soort", _("Kind"), KIND, Offered.Kind.choices, lambda training, sessions: [training.kind]),
    _fixed("niveau", _("Level"), LEVEL, Offered.Level.choices, lambda training, sessions: [training.level]),
    _fixed("taal", _("Language"), LANGUAGE, Offered.Language.choices, _languages),
    _fixed("lesgever", _("Given by"), TRAINER, Offered.TrainerKind.choices, lambda training, sessions: [training.trainer_kind]),
]
