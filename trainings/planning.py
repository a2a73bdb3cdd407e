"""Planning a session: from a training's defaults to a published date, its changes and its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation
from shared import versions

from . import day_parts, mail, waiting, working_days
from .day_parts import Part
from .language import in_site_language
from .models import ChecklistItem, DayPart, HistoryEntry, Session, Trainer, TrainingPage
from .refusals import (
    ChangedMeanwhile,
    NobodyToMail,
    NoDayPart,
    NoReason,
    NotOverYet,
    SentJustNow,
    StartsInThePast,
    StepNotAllowed,
    TrainingNotPublished,
)
from .seats import CATALOGUE, lock, record, seats_left

BOOKING_CLOSES = 3  # working days before the session
CANCELLING_CLOSES = 5
CHANGING_CLOSES = 1
NAMES_CLOSE = 6
# What a copy takes over; its deadlines are reckoned anew from its own days.
COPIED = (
    *("capacity", "language", "visibility", "waiting_list", "public_note", "team_note"),
    *("audience", "invited", "approval", "pending_holds_seat", "seats_per_organisation", "head_count"),
    *("offer_days", "first_timers_first"),
)
CANNOT_BE_GUESSED = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
AT_NOON = time(12)
TWICE = timedelta(minutes=10)
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
def plan_session(
    training: TrainingPage,
    *,
    by,
    day: date | None = None,
    begins: time = time(9),
    parts: Sequence[Part] | None = None,
    trainers: Iterable[Trainer] | None = None,
    place: dict | None = None,
    **facts,
) -> Session:
    """A draft with the training's defaults: seats, language, trainers, day-parts, deadlines, checklist and a code.

    `parts` come instead of `day`, `begins` and `place`; `facts` are fields of the session that differ from the defaults.
    """
    # The row of the training is locked: two organisers who plan at once must not get the same code.
    TrainingPage.objects.select_for_update(of=("self",)).get(pk=training.pk)
    parts = parts or (day_parts.from_defaults(training, day, begins, **place or {}) if day else [])
    if not parts:
        raise NoDayPart
    starts_at = min(part.starts_at for part in parts)
    defaults = {
        "capacity": training.group_max,
        "language": training.language,
        "booking_closes_at": deadline(starts_at, BOOKING_CLOSES),
        "cancelling_closes_at": deadline(starts_at, CANCELLING_CLOSES),
        "changing_closes_at": deadline(starts_at, CHANGING_CLOSES),
        "names_close_at": deadline(starts_at, NAMES_CLOSE),
        "approval": training.approval,
        "seats_per_organisation": training.seats_per_organisation,
    }
    code = next_code(training, timezone.localdate(starts_at))
    if facts.get("visibility") == Session.Visibility.LINK:
        code += f"-{get_random_string(6, CANNOT_BE_GUESSED)}"
    session = Session.objects.create(training=training, code=code, **defaults | facts)
    session.trainers.set(training.trainers.all() if trainers is None else trainers)
    day_parts.replace_all(session, parts)
    ChecklistItem.objects.bulk_create(ChecklistItem(session=session, kind=kind) for kind in ChecklistItem.Kind.values)
    record(session, None, Verb.PLANNED, by)
    return session


@transaction.atomic
def copy_session(session: Session, *, by, day: date) -> Session:
    """A draft like this session with its first day-part on `day`; people, history and what was arranged stay behind."""
    parts = day_parts.of(session)
    if not parts:
        raise NoDayPart
    facts = {name: getattr(session, name) for name in COPIED}
    if session.state == State.CANCELLED:
        facts["visibility"] = Session.Visibility.PUBLIC
    made = plan_session(session.training, by=by, parts=day_parts.moved(parts, day), trainers=session.trainers.all(), **facts)
    made.organisations.set(session.organisations.all())
    return made


@transaction.atomic
def publish_session(session: Session, *, by) -> Session:
    """Opens a draft for booking."""
    session = _step(session, State.PUBLISHED)
    first = session.day_parts.order_by("starts_at").first()
    if first is None:
        raise NoDayPart
    if first.starts_at <= timezone.now():
        raise StartsInThePast
    if not session.training.live:
        raise TrainingNotPublished
    _save(session, Verb.PUBLISHED, by)
    return session


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
    names = _in_words(session, changed) + ([_in_dutch(TIME_OR_PLACE)] if moved else [])
    if names:
        session.save()
        record(session, None, Verb.CHANGED, by, ", ".join(names))
        versions.bump(CATALOGUE)
    beyond = max(-seats_left(session), 0)
    # More seats, or more time: somebody who waits may have one now.
    waiting.offer_on(session)
    return Change(tuple(names), _tell_of_move(session, before) if moved else 0, beyond)


def last_change(session: Session) -> int:
    """The number of the latest change of facts, times or places; 0 when there was none."""
    return session.history.filter(verb=Verb.CHANGED).order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def cancel_session(session: Session, *, by, reason: str) -> int:
    """The session does not take place: everybody is told once, and why; returns how many mails were written."""
    if not reason.strip():
        raise NoReason
    draft = session.state == State.DRAFT
    session = _step(session, State.CANCELLED)
    session.cancel_reason = reason.strip()
    if draft:
        # Nobody ever saw it, so the calendar need not say that it was cancelled.
        session.visibility = Session.Visibility.LINK
    _save(session, Verb.SESSION_CANCELLED, by, session.cancel_reason)
    session.participants.active().update(invitation_sequence=F("invitation_sequence") + 1)
    # Who is told that nothing takes place is not told later that an offer was not taken in time.
    waiting.withdraw_offers(session.offers)
    return mail.session_cancelled(session)


def told_of_cancelling(session: Session) -> list[str]:
    """The addresses that `cancel_session` would write to: of participants, also waiting ones, and of who booked for them."""
    people = session.participants.active().select_related("booking__booked_by")
    addresses = {person.email for person in people} | {person.booking.booked_by.email for person in people}
    return sorted(addresses - {""})


@transaction.atomic
def close_session(session: Session, *, by) -> Session:
    """It was held, and what there was to note is noted."""
    session = _step(session, State.DONE)
    if not session.day_parts.exists() or session.day_parts.filter(ends_at__gt=timezone.now()).exists():
        raise NotOverYet
    _save(session, Verb.DONE, by)
    return session


@transaction.atomic
def mail_all(session: Session, *, by, subject: str, text: str) -> int:
    """A free message to everybody with a seat; the same subject twice within minutes is a form sent twice."""
    session = lock(session)
    subject = " ".join(subject.split())
    recent = session.history.filter(verb=Verb.MAILED, by=by, detail=subject[:300], at__gt=timezone.now() - TWICE)
    if recent.exists():
        raise SentJustNow
    number = mail.message_to_all(session, subject=subject, text=text, by=by)
    if not number:
        raise NobodyToMail
    record(session, None, Verb.MAILED, by, subject)
    return number


@transaction.atomic
def arrange(item: ChecklistItem, *, by, done: bool, note: str = "", amount=None) -> ChecklistItem:
    """Notes what was arranged, by whom and when; ticking it off a second time keeps who did it first."""
    session = lock(item.session)
    item = session.checklist.get(pk=item.pk)
    item.note, item.amount = note, amount
    if done and not item.done_at:
        item.done_at, item.done_by = timezone.now(), by
        record(session, None, Verb.ARRANGED, by, _in_dutch(ChecklistItem.Kind(item.kind).label))
    elif not done:
        item.done_at = item.done_by = None
    item.save()
    return item


def deadline(starts_at: datetime, days: int) -> datetime:
    """Noon, so many working days before the start; the start itself when that noon is over."""
    noon = day_parts.moment(working_days.before(timezone.localdate(starts_at), days), AT_NOON)
    return noon if noon > timezone.now() else starts_at


def next_code(training: TrainingPage, day: date) -> str:
    """The training's code, the year and a serial number: V03-26-02; a session only for who has the link gets more behind it."""
    prefix = f"{training.code}-{day:%y}-"
    codes = Session.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [code.removeprefix(prefix).partition("-")[0] for code in codes]
    serials = [int(number) for number in numbers if number.isdecimal()]
    return f"{prefix}{max(serials, default=0) + 1:02}"


def _step(session: Session, to) -> Session:
    session = lock(session)
    if to not in Session.STEPS[State(session.state)]:
        raise StepNotAllowed
    session.state = to
    return session


def _save(session: Session, verb, by, detail: str = "") -> None:
    session.save()
    record(session, None, verb, by, detail)
    versions.bump(CATALOGUE)


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
    # A calendar replaces an invitation only by one with a higher number.
    session.participants.seated().update(invitation_sequence=F("invitation_sequence") + 1)
    return mail.session_changed(session, before=before)


def _in_words(session: Session, names: Iterable[str]) -> list[str]:
    return [_in_dutch(getattr(session._meta.get_field(name), "verbose_name", name)) for name in names]


def _in_dutch(text) -> str:
    """History is written in the site's language, whoever's screen it comes from."""
    with in_site_language():
        return str(text)
