"""Who or what would be in two sessions at once: the same trainer, or the same room. It is said, never refused."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trainings.models import DayPart, Session, Trainer, Venue

from .day_parts import Part


@dataclass(frozen=True)
class Wanted:
    """Day-parts as they stand or as they are planned, and who gives them; a session does not stand in its own way."""

    parts: Sequence[DayPart | Part]
    trainers: Collection[Trainer]
    session_pk: int | None = None


@dataclass(frozen=True)
class Clash:
    """What another session has at the same time: a trainer, or a venue."""

    what: Trainer | Venue
    part: DayPart


class Double(NamedTuple):
    """What two of the same plans need at the same time: a trainer, or a venue; `first` is the place of the earlier plan."""

    what: Trainer | Venue
    part: DayPart | Part
    first: int


def find(plans: Sequence[Wanted]) -> list[list[Clash]]:
    """For each plan what stands in its way, in as many queries for many plans as for one."""
    others = _others(plans)
    return [[clash for part in others for clash in _between(plan, part)] for plan in plans]


def among(plans: Sequence[Wanted]) -> list[list[Double]]:
    """For each plan what an earlier one of them needs at the same time, each trainer or venue of each plan once."""
    return [list(_doubles(plan, plans[:at])) for at, plan in enumerate(plans)]


def in_the_list(sessions: Sequence[Session]) -> dict[int, list[Clash]]:
    """The clashes of sessions whose day-parts and trainers are at hand; done and cancelled ones have none."""
    asked = [session for session in sessions if session.state in (Session.State.DRAFT, Session.State.PUBLISHED)]
    plans = [Wanted(list(session.day_parts.all()), list(session.trainers.all()), session.pk) for session in asked]
    return {session.pk: found for session, found in zip(asked, find(plans), strict=True)}


def _others(plans: Sequence[Wanted]) -> list[DayPart]:
    """Day-parts still to come of sessions that are not cancelled, in the days and with the people or places of these plans."""
    parts = [part for plan in plans for part in plan.parts if part.ends_at > timezone.now()]
    if not parts:
        return []
    venues = {part.venue for part in parts if part.venue}
    trainers = {trainer for plan in plans for trainer in plan.trainers}
    given = Session.trainers.through.objects.filter(session=OuterRef("session"), trainer__in=trainers)
    found = DayPart.objects.filter(
        Q(venue__in=venues) | Q(Exists(given)),
        starts_at__lt=max(part.ends_at for part in parts),
        ends_at__gt=max(min(part.starts_at for part in parts), timezone.now()),
    ).exclude(session__state=Session.State.CANCELLED)
    return list(found.select_related("session", "venue").prefetch_related("session__trainers").order_by("starts_at"))


def _between(plan: Wanted, other: DayPart) -> Iterator[Clash]:
    if other.session_id != plan.session_pk:
        yield from (Clash(what, other) for what in _needed_twice(plan, other, other.session.trainers.all()))


def _doubles(plan: Wanted, earlier: Sequence[Wanted]) -> Iterator[Double]:
    for at, other in enumerate(earlier):
        firsts = {what: part for part in reversed(other.parts) for what in _needed_twice(plan, part, other.trainers)}
        yield from (Double(what, part, at) for what, part in firsts.items())


def _needed_twice(plan: Wanted, other: DayPart | Part, trainers: Iterable[Trainer]) -> Iterator[Trainer | Venue]:
    together = [part for part in plan.parts if part.starts_at < other.ends_at and part.ends_at > other.starts_at]
    if other.venue and any(_same_room(part, other) for part in together):
        yield other.venue
    if together:
        yield from (trainer for trainer in trainers if trainer in plan.trainers)


def _same_room(part: DayPart | Part, other: DayPart | Part) -> bool:
    """Two rooms of one house do not hinder each other; where a room is not named, they may."""
    return part.venue == other.venue and (not part.room or not other.room or part.room.lower() == other.room.lower())
