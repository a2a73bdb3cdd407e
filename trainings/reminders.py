"""Reminding everybody of a session that is near."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from . import mail
from .models import HistoryEntry, Participant, Session
from .seats import record

BEFORE = timedelta(days=3)


def remind_due() -> int:
    """The worker's part: sessions that begin within some days remind their people once; returns how many sessions did."""
    now = timezone.now()
    people = Participant.objects.seated().filter(session=OuterRef("pk"))
    near = Session.objects.filter(Exists(people), state=Session.State.PUBLISHED, reminded_at=None).annotate(
        starts_at=Min("day_parts__starts_at")
    )
    return sum(remind(session) for session in near.filter(starts_at__gt=now, starts_at__lte=now + BEFORE))


@transaction.atomic
def remind(session: Session) -> bool:
    """One mail to everybody with a seat; False when it was sent before."""
    # The row is taken first: of two workers one sends the reminders.
    if not Session.objects.filter(pk=session.pk, reminded_at=None).update(reminded_at=timezone.now()):
        return False
    number = mail.session_reminder(session)
    record(session, None, HistoryEntry.Verb.REMINDED, None, str(number))
    return True
