"""Personal data of a session go a set time after it: names, addresses, texts, reasons and messages; numbers stay for the reports.

Kept: how many seats in which state, for which organisation and sector, attendance, walk-ins, and who booked as long as that
account exists. A session keeps its people until its own date or, without one, as many days as the site keeps them.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shared.models import OutboxMessage
from trainings.models import AccessNeed, HistoryEntry, Participant, Session
from trainings.refusals import AlreadyEmptied, NotAfterTheSession, NotOverYet
from trainings.seats import lock, record
from trainings.words.language import in_site_language

Verb = HistoryEntry.Verb
GONE = {"first_name": "", "family_name": "", "email": "", "function": "", "cancel_reason": "", "reply": "", "replied_at": None}
REMOVED = "–"  # where something has to stand
# What these say of a session or a booking is a number or a fact of the plan; whatever any other says may hold a name.
IMPERSONAL = [
    *(Verb.PLANNED, Verb.PUBLISHED, Verb.CHANGED, Verb.DONE, Verb.ATTENDANCE, Verb.REMINDED, Verb.EMPTIED),
    *(Verb.BOOKED, Verb.WAITING, Verb.OFFERED, Verb.SKIPPED, Verb.OFFER_REFUSED, Verb.OFFER_EXPIRED, Verb.NAMES_RELEASED),
    *(Verb.ASKED, Verb.APPROVED),
]


def site_keeps() -> timedelta:
    """How long the site keeps people of a session that has no date of its own."""
    return timedelta(days=settings.PERSONAL_DATA_DAYS)


def kept_until(session: Session, ends_at: datetime | None) -> date | None:
    """The last day on which the names of this session are there; None while it has no day."""
    if session.personal_data_until or ends_at is None:
        return session.personal_data_until
    return timezone.localdate(ends_at) + site_keeps()


def with_people():
    """Sessions with somebody's data in them, with `ends_at`; who was added after the emptying counts too."""
    named = Participant.objects.filter(session=OuterRef("pk")).exclude(first_name="", family_name="", email="")
    return Session.objects.annotate(ends_at=Max("day_parts__ends_at")).filter(Q(emptied_at=None) | Exists(named))


def due(on: date | None = None):
    """Sessions that are over and whose last day of keeping is over on this day, today unless told otherwise."""
    on = on or timezone.localdate()
    # The clock of the day in Brussels: what ended on the last day that counts ended before its midnight.
    midnight = timezone.make_aware(datetime.combine(on - site_keeps(), datetime.min.time()))
    by_the_site = Q(personal_data_until=None, ends_at__lt=midnight)
    return with_people().filter(by_the_site | Q(personal_data_until__lt=on), ends_at__lt=timezone.now())


def empty_due() -> int:
    """The worker's part: empties what is due, each session in a transaction of its own; returns how many."""
    return sum(empty_session(session) for session in due().order_by("pk"))


@transaction.atomic
def empty_session(session: Session, *, by=None) -> bool:
    """Removes who took part from everything about this session; False when that was done before.

    Safe to run several times at once: of two who empty it, the second finds nothing to do. Raises `NotOverYet`.
    """
    session = lock(session)
    if not with_people().filter(pk=session.pk).exists():
        return False
    if session.day_parts.filter(ends_at__gt=timezone.now()).exists():
        raise NotOverYet
    people = list(session.participants.all())
    empty_seats(people)
    AccessNeed.objects.filter(participant__session=session).delete()
    session.bookings.update(message="")
    session.history.exclude(verb__in=IMPERSONAL).update(detail="")
    OutboxMessage.objects.about(f"session:{session.pk}").delete()
    session.checklist.update(note="")
    session.invited, session.team_note, session.emptied_at = "", "", timezone.now()
    session.cancel_reason = session.cancel_reason and REMOVED  # a cancelled session has one
    session.save(update_fields=["invited", "team_note", "cancel_reason", "emptied_at"])
    record(session, None, Verb.EMPTIED, by, str(len(people)))
    return True


def empty_seats(people: Iterable[Participant]) -> None:
    """The seats stay, with their state and attendance; who sat there is gone, and the links to them open nothing."""
    people = list(people)
    for person in people:
        for name, nothing in GONE.items():
            setattr(person, name, nothing)
        person.invitation_key, person.link_key = uuid.uuid4(), uuid.uuid4()
    Participant.objects.bulk_update(people, [*GONE, "invitation_key", "link_key"], batch_size=200)


@transaction.atomic
def keep(session: Session, until: date | None, *, by, reason: str) -> Session:
    """The people of this session are kept until another day, or as long as the site says; why is written down.

    Raises `AlreadyEmptied`, or `NotAfterTheSession` for a day on which they are still needed or that is over.
    """
    session = lock(session)
    if session.emptied_at:
        raise AlreadyEmptied
    ends_at = session.day_parts.aggregate(last=Max("ends_at"))["last"]
    if until and until < max(timezone.localdate(), timezone.localdate(ends_at) if ends_at else date.min):
        raise NotAfterTheSession
    session.personal_data_until = until
    session.save(update_fields=["personal_data_until"])
    with in_site_language():
        day = date_format(until, "j F Y") if until else _("as long as the site keeps them")
        detail = _("personal data kept until: %(day)s (%(reason)s)") % {"day": day, "reason": reason}
    record(session, None, Verb.ARRANGED, by, detail)
    return session
