"""Which trainings fit the criteria, in which order, and how many would fit with one choice more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Self

from . import search
from .criteria import BY_DATE, BY_RELEVANCE, Criteria
from .facets import FACETS, MONTH, values
from .facts import Availability, SessionFacts, TrainingFacts, availability
from .snapshot import Snapshot

SEATS = "plaatsen"
COUNTED = [*(facet.name for facet in FACETS), SEATS]

Sessions = tuple[SessionFacts, ...]


class Result(NamedTuple):
    """A training that fits, with those of its sessions that fit, and what the card says about them."""

    training: TrainingFacts
    sessions: Sessions
    availability: Availability


class Plan(NamedTuple):
    """Sessions of a training, which of them have seats, the words of the facets that fit each, and what its card says of all."""

    sessions: Sessions
    with_seats: Sessions
    values: dict[str, Iterable[str]]
    values_with_seats: dict[str, Iterable[str]]
    availability: Availability

    @classmethod
    def of(cls, training: TrainingFacts, sessions: Sessions, now: datetime) -> Self:
        """Worked out of these sessions of a training."""
        with_seats = tuple(session for session in sessions if session.has_seats(now))
        says = availability(training, sessions, now)
        return cls(sessions, with_seats, values(training, sessions), values(training, with_seats), says)


@dataclass
class Results:
    """The trainings that fit in their order; `counts` per facet and value: how many would fit with that choice."""

    found: list[Result] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in COUNTED})
    nearly: bool = False

    def count(self, name: str, values: Iterable[str]) -> None:
        """One training more with these values of a facet."""
        counts = self.counts[name]
        for value in values:
            counts[value] = counts.get(value, 0) + 1


def find(snapshot: Snapshot, criteria: Criteria) -> Results:
    """All that fits; a count leaves the choices of its own facet aside, since they widen each other."""
    match = search.find(criteria.words, snapshot.trainings)
    results = Results(nearly=match.nearly)
    for training in snapshot.trainings:
        if training.pk in match.scores:
            _weigh(training, snapshot, criteria, results)
    scores = match.scores if criteria.order == BY_RELEVANCE else {}
    results.found.sort(key=lambda result: _position(result, scores, by_date=criteria.order == BY_DATE))
    return results


def near(snapshot: Snapshot, words: str) -> list[Result]:
    """What comes near to these words, whatever else was asked: for who finds nothing."""
    trainings = {training.pk: training for training in snapshot.trainings}
    return [_whole(trainings[pk], snapshot) for pk in search.nearest(words, snapshot.trainings)] if words else []


def _whole(training: TrainingFacts, snapshot: Snapshot) -> Result:
    sessions = snapshot.sessions_of(training)
    return Result(training, sessions, availability(training, sessions, snapshot.now))


def _weigh(training: TrainingFacts, snapshot: Snapshot, criteria: Criteria, results: Results) -> None:
    plan = _plan(training, snapshot, criteria)
    sessions, fitting = (plan.with_seats, plan.values_with_seats) if criteria.with_seats else (plan.sessions, plan.values)
    if (criteria.start or criteria.end or criteria.with_seats) and not sessions:
        return
    failing = [name for name, chosen in criteria.chosen.items() if not set(chosen).intersection(fitting[name])]
    # Whoever fails one facet only would fit with another choice there; whoever fails none counts everywhere.
    for name in fitting if not failing else failing if len(failing) == 1 else ():
        results.count(name, fitting[name])
    if failing:
        return
    if _in_months(plan.with_seats, criteria):
        results.count(SEATS, ["1"])
    shown = _in_months(sessions, criteria)
    says = plan.availability if shown is plan.sessions else availability(training, shown, snapshot.now)
    results.found.append(Result(training, shown, says))


def _plan(training: TrainingFacts, snapshot: Snapshot, criteria: Criteria) -> Plan:
    """What is planned in the period; of all that is still to come it is worked out once for each snapshot."""
    if criteria.whenever:
        return snapshot.once(training.pk, lambda: Plan.of(training, snapshot.sessions_of(training), snapshot.now))
    return Plan.of(training, _in_period(snapshot.sessions_of(training), criteria), snapshot.now)


def _in_period(sessions: Sessions, criteria: Criteria) -> Sessions:
    start, end = criteria.start or date.min, criteria.end or date.max
    return tuple(session for session in sessions if start <= session.day <= end)


def _in_months(sessions: Sessions, criteria: Criteria) -> Sessions:
    months = criteria.chosen.get(MONTH)
    return tuple(session for session in sessions if session.month in months) if months else sessions


def _position(result: Result, scores: dict[int, float], *, by_date: bool) -> tuple:
    starts = result.availability.starts_at
    # What has no date comes after what has one; the time itself is compared as a number, so that none can stand in for it.
    date_first = (starts is None, starts.timestamp() if starts else 0) if by_date else ()
    return (-scores.get(result.training.pk, 0), date_first, result.training.title.casefold(), result.training.pk)
