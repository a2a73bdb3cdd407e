"""The lists one filters by: what each is called in addresses and on screen, and which values a training has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trainings.models import TrainingPage as Offered

from .facts import SessionFacts, TrainingFacts
from .snapshot import Snapshot

MONTH, LANGUAGE = "maand", "taal"
MONTHS_AHEAD = 8

Choices = list[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Facet:
    """One list of choices; `of` gives the words in addresses that fit a training, `find` the choices that there are."""

    name: str
    label: str | Promise
    of: Callable[[TrainingFacts], Iterable[str]]
    find: Callable[[Snapshot], Choices]

    def choices(self, snapshot: Snapshot) -> Choices:
        """The words in addresses with their names in the language at hand; found once for each snapshot."""
        return snapshot.once(self.name, lambda: self.find(snapshot))


def _fixed(name: str, label, words: dict[str, str], choices, value: Callable[[TrainingFacts], str]) -> Facet:
    """A facet with the same choices always: `words` has the word in addresses for each value."""
    named = [(words[value], text) for value, text in choices]
    return Facet(name, label, lambda training: [words[value(training)]], lambda snapshot: named)


def _topics(name: str, label, field: str) -> Facet:
    """A facet of themes or sectors: those that some training has, in their own order."""

    def find(snapshot: Snapshot) -> Choices:
        found = {topic for training in snapshot.trainings for topic in getattr(training, field)}
        return [(topic.slug, topic.name) for topic in sorted(found, key=lambda topic: (topic.position, topic.name))]

    return Facet(name, label, lambda training: [topic.slug for topic in getattr(training, field)], find)


def _months(snapshot: Snapshot) -> Choices:
    """The months in which something is planned, the nearest ones."""
    found = sorted({session.month for sessions in snapshot.sessions.values() for session in sessions})
    return [(month, month_name(month)) for month in found[:MONTHS_AHEAD]]


def month_name(month: str) -> str | Promise:
    """`2026-12` as people say it, in the language that is at hand when it is shown."""
    year, number = month.split("-")
    return format_lazy("{} {}", MONTHS[int(number)], year)


KINDS = {"training": "vorming", "study_day": "studiedag", "exchange": "uitwisseling"}
LEVELS = {"basis": "basis", "verdieping": "verdieping", "expert": "expert"}
LENGTHS = {"short": "tot-2-uur", "half-day": "halve-dag", "day": "hele-dag", "days": "meerdere-dagen"}
FORMATS = {"on_site": "ter-plaatse", "online": "online", "hybrid": "gemengd"}
LANGUAGES = {"nl": "nederlands", "en": "engels", "fr": "frans"}
TRAINERS = {"team": "team", "external": "extern"}
NAMED_LENGTHS = [
    ("short", _("up to 2 hours")),
    ("half-day", _("half a day")),
    ("day", _("a whole day")),
    ("days", _("several days")),
]

FACETS = [
    _topics("thema", _("Theme"), "themes"),
    _topics("sector", _("Sector"), "sectors"),
    Facet(MONTH, _("When"), lambda training: (), _months),
    _fixed("duur", _("Length"), LENGTHS, NAMED_LENGTHS, lambda training: training.length),
    _fixed("vorm", _("Online or on site"), FORMATS, Offered.Format.choices, lambda training: training.format),
    _fixed("soort", _("Kind"), KINDS, Offered.Kind.choices, lambda training: training.kind),
    _fixed("niveau", _("Level"), LEVELS, Offered.Level.choices, lambda training: training.level),
    _fixed(LANGUAGE, _("Language"), LANGUAGES, Offered.Language.choices, lambda training: training.language),
    _fixed("lesgever", _("Given by"), TRAINERS, Offered.TrainerKind.choices, lambda training: training.trainer_kind),
]


def values(training: TrainingFacts, sessions: tuple[SessionFacts, ...]) -> dict[str, Iterable[str]]:
    """The words per facet that fit a training: what is its own, and what its sessions add."""
    found = dict(_own_values(training))
    if sessions:
        found[MONTH] = {session.month for session in sessions}
        found[LANGUAGE] = {*found[LANGUAGE], *(LANGUAGES[session.language] for session in sessions)}
    return found


@lru_cache(maxsize=2000)
def _own_values(training: TrainingFacts) -> dict[str, Iterable[str]]:
    return {facet.name: tuple(facet.of(training)) for facet in FACETS}
