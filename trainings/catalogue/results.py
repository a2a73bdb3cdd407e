"""Which trainings fit the criteria, in which order, and how many would fit with one choice more or less."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from . import search
from .criteria import BY_DATE, BY_RELEVANCE, Criteria
from .facets import FACETS, MONTH
from .facts import Availability, SessionFacts, TrainingFacts, availability
from .snapshot import Snapshot

SEATS = "plaatsen"


class Result(NamedTuple):
    """A training that fits, with those of its sessions that fit, and what the card says about them."""

    training: TrainingFacts
    sessions: tuple[SessionFacts, ...]
    availability: Availability


@dataclass
class Results:
    """The trainings that fit in their order; `counts` per facet and value: how many would fit with that choice."""

    found: list[Result] = field(default_factory=list)
    counts: dict[str, Counter] = field(default_factory=lambda: {name: Counter() for name in [*(f.name for f in FACETS), SEATS]})
    nearly: bool = False


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


def _weigh(training: TrainingFacts, snapshot: Snapshot, criteria: Criteria, results: Results) -> None:
    in_period = tuple(session for session in snapshot.sessions_of(training) if _in_period(session, criteria))
    with_seats = tuple(session for session in in_period if session.has_seats(snapshot.now))
    sessions = with_seats if criteria.with_seats else in_period
    if (criteria.start or criteria.end or criteria.with_seats) and not sessions:
        return
    values = {facet.name: facet.values(training, sessions) for facet in FACETS}
    failing = [name for name, chosen in criteria.chosen.items() if not set(chosen).intersection(values[name])]
    if len(failing) == 1:
        results.counts[failing[0]].update(values[failing[0]])
    if failing:
        return
    for name, found in values.items():
        results.counts[name].update(found)
    results.counts[SEATS]["1"] += any(_in_months(session, criteria) for session in with_seats)
    shown = tuple(session for session in sessions if _in_months(session, criteria))
    results.found.append(Result(training, shown, availability(training, shown, snapshot.now)))


def _in_period(session: SessionFacts, criteria: Criteria) -> bool:
    return (not criteria.start or session.day >= criteria.start) and (not criteria.end or session.day <= criteria.end)


def _in_months(session: SessionFacts, criteria: Criteria) -> bool:
    months = criteria.chosen.get(MONTH)
    return not months or session.month in months


def _position(result: Result, scores: dict[int, float], *, by_date: bool) -> tuple:
    starts = result.availability.starts_at
    # What has no date comes after what has one; the time itself is compared as a number, so that none can stand in for it.
    date = (starts is None, starts.timestamp() if starts else 0) if by_date else ()
    return (-scores.get(result.training.pk, 0), date, result.training.title.casefold(), result.training.pk)
