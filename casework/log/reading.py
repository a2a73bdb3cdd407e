"""The audit log as a person reads it: names for numbers, sentences for codes, and never a word of what was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from casework.models import AuditEvent, Referral
from people.models import User

from . import actions, audit
from . import details as log_details


@dataclass(frozen=True)
class Line:
    """One event: when, who, what, with what, and what else is known about it (numbers, days, and words for codes)."""

    number: int
    at: object
    who: str
    what: str
    about: str
    referral: str
    detail: str


@dataclass(frozen=True)
class Looker:
    """Somebody who opened a referral: how often, and when for the first and the last time."""

    who: str
    times: int
    first: object
    last: object


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    """These events for a person; two queries for the names, however many they are."""
    events = list(events)
    who = names({event.actor for event in events} | {_number(event.object) for event in events if event.kind == "user"})
    references = _references({event.object for event in events if event.kind == "referral"})
    return [_line(event, who, references) for event in events]


def who_looked(pk: UUID) -> list[Looker]:
    """Who opened this referral, the last one first."""
    looks = AuditEvent.objects.filter(kind="referral", object=str(pk), action__in=actions.LOOKS).order_by()
    found = looks.values("actor").annotate(times=Count("number"), first=Min("at"), last=Max("at")).order_by("-last")
    who = names({row["actor"] for row in found})
    return [Looker(name_of(row["actor"], who), row["times"], row["first"], row["last"]) for row in found]


def names(numbers: set[int | None]) -> dict[int, str]:
    """What the accounts of these numbers are called."""
    return {pk: str(user) for pk, user in User.objects.in_bulk([number for number in numbers if number]).items()}


def name_of(number: int | None, who: dict[int, str]) -> str:
    """Who did it: somebody, the software by itself, or an account that is no more."""
    if number is None:
        return _("the software")
    return who.get(number) or _("account %(number)s") % {"number": number}


def _line(event: AuditEvent, who: dict[int, str], references: dict[str, str]) -> Line:
    return Line(
        number=event.number,
        at=event.at,
        who=name_of(event.actor, who),
        what=actions.label(event.action),
        about=_about(event, who, references),
        referral=event.object if event.kind == "referral" else "",
        detail=log_details.told(audit.detail_of(event.detail)),
    )


def _about(event: AuditEvent, who: dict[int, str], references: dict[str, str]) -> str:
    if event.kind == "user":
        return name_of(_number(event.object), who)
    called = str(actions.KINDS.get(event.kind, event.kind))
    return f"{called} {references.get(event.object, event.object[:8])}".strip()


def _references(keys: set[str]) -> dict[str, str]:
    found = Referral.objects.filter(pk__in=[key for key in keys if uuid_of(key)]).values_list("pk", "reference")
    return {str(pk): reference for pk, reference in found}


def uuid_of(text: str) -> UUID | None:
    """The id that somebody typed or that stands in a row; none where it is something else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
