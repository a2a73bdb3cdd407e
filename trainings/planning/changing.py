"""Changing a session: new facts, times, places or trainers, and who hears so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation
from shared import versions
from trainings import mail, waiting
from trainings.dates import day_parts
from trainings.dates.day_parts import Part
from trainings.models import DayPart, HistoryEntry, Participant, Session, Trainer
from trainings.refusals import ChangedMeanwhile, NoDayPart, StepNotAllowed
from trainings.seats import CATALOGUE, lock, record, seats_left
from trainings.words.language import in_dutch

TIME_OR_PLACE = _("time or place")
Verb = HistoryEntry.Verb
State = Session.State


@dataclass(frozen=True)
class Change:
    """What a change did: which facts are new, how many were mailed, and how many people sit beyond the last seat."""

    facts: tuple[str, ...] = ()
    mailed: int = 0
    beyond: int = 0


@transaction.atomic
def change_session(
    session: Session,
    *,
    by,
    parts: Sequence[Part] | None = None,
    trainers: Iterable[Trainer] | None = None,
    organisations: Iterable[Organisation] | None = None,
    seen: int | None = None,
    **facts,
) -> Change:
    """New facts, times, places or trainers; who has a seat is mailed when time or place are new.

    `seen` is the `last_change` that the editor knew: a newer one is not put back unseen (`ChangedMeanwhile`).

    Fewer seats than people cancels nobody: the answer says how many sit beyond the last seat.
    """
    session = lock(session)
    if session.state == State.CANCELLED:
        raise StepNotAllowed
    if seen is not None and seen != last_change(session):
        raise ChangedMeanwhile
    changed = [name for name, value in facts.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, facts[name])
    changed += [name for name, rows in {"trainers": trainers, "organisations": organisations}.items() if _set(session, name, rows)]
    before: list[DayPart] = [] if parts is None else _as_they_stand(session)
    moved = _move(session, parts)
    names = _in_words(session, changed) + ([in_dutch(TIME_OR_PLACE)] if moved else [])
    if names:
        session.save()
        record(session, None, Verb.CHANGED, by, ", ".join(names))
        versions.bump(CATALOGUE)
    beyond = max(-seats_left(session), 0)
    waiting.end_offers_in_time(session)
    # More seats, or more time: somebody who waits may have one now.
    waiting.offer_on(session)
    return Change(tuple(names), _tell_of_move(session, before) if moved else 0, beyond)


def last_change(session: Session) -> int:
    """The number of the latest change of facts, times or places; 0 when there was none."""
    return session.history.filter(verb=Verb.CHANGED).order_by("-pk").values_list("pk", flat=True).first() or 0


def _set(session: Session, name: str, rows: Iterable | None) -> bool:
    """Other trainers, or other organisations; whether there was anything to change."""
    kept = getattr(session, name)
    if rows is None or set(rows) == set(kept.all()):
        return False
    kept.set(rows)
    return True


def _move(session: Session, parts: Sequence[Part] | None) -> bool:
    if parts is None:
        return False
    if not parts:
        raise NoDayPart
    return day_parts.replace_all(session, parts)


def _as_they_stand(session: Session) -> list[DayPart]:
    """The day-parts as people know them, and have them in their calendars."""
    return list(session.day_parts.select_related("venue", "session__training"))


def _tell_of_move(session: Session, before: list[DayPart]) -> int:
    still_to_come = session.day_parts.filter(ends_at__gt=timezone.now()).exists()
    if session.state != State.PUBLISHED or not still_to_come:
        return 0
    # A calendar replaces an invitation only by one with a higher number; what it answered was about the day of before.
    again = {"invitation_sequence": F("invitation_sequence") + 1, "reply": Participant.Reply.NONE, "replied_at": None}
    session.participants.seated().update(**again)
    return mail.session_changed(session, before=before)


def _in_words(session: Session, names: Iterable[str]) -> list[str]:
    return [in_dutch(getattr(session._meta.get_field(name), "verbose_name", name)) for name in names]
