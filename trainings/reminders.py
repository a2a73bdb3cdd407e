"""Reminding everybody of a session that is near."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils import timezone

from . import mail
from .models import HistoryEntry, Participant, Session
from .seats import record

BEFORE = timedelta(days=3)


def remind_due() -> int:
    """The worker's part: sessions that begin within some days remind their people once; returns how many sessions did.

    A reminder that went out longer before the start than that was one of an earlier date: the session was moved since.
    """
    now = timezone.now()
    people = Participant.objects.seated().filter(session=OuterRef("pk"))
    published = Session.objects.filter(Exists(people), state=Session.State.PUBLISHED)
    near = published.annotate(starts_at=Min("day_parts__starts_at")).filter(starts_at__gt=now, starts_at__lte=now + BEFORE)
    due = near.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("starts_at") - BEFORE))
    return sum(remind(session) for session in due)


@transaction.atomic
def remind(session: Session) -> bool:
    """One mail to everybody with a seat; False when another worker sent it, or it was cancelled, since `session` was read."""
    # The row is taken first: of two workers one sends the reminders.
    as_read = Session.objects.filter(pk=session.pk, reminded_at=session.reminded_at, state=Session.State.PUBLISHED)
    if not as_read.update(reminded_at=timezone.now()):
        return False
    number = mail.session_reminder(session)
    record(session, None, HistoryEntry.Verb.REMINDED, None, str(number))
    return True
