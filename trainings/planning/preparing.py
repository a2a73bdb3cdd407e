"""Preparing a session: what is arranged for it, and a message to everybody who comes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from trainings import mail
from trainings.models import ChecklistItem, HistoryEntry, Session
from trainings.refusals import NobodyToMail, SentJustNow
from trainings.seats import lock, record
from trainings.words.language import in_dutch

TWICE = timedelta(minutes=10)
Verb = HistoryEntry.Verb


@transaction.atomic
def arrange(item: ChecklistItem, *, by, done: bool, note: str = "", amount=None) -> ChecklistItem:
    """Notes what was arranged, by whom and when; ticking it off a second time keeps who did it first."""
    session = lock(item.session)
    item = session.checklist.get(pk=item.pk)
    item.note, item.amount = note, amount
    if done and not item.done_at:
        item.done_at, item.done_by = timezone.now(), by
        record(session, None, Verb.ARRANGED, by, in_dutch(ChecklistItem.Kind(item.kind).label))
    elif not done:
        item.done_at = item.done_by = None
    item.save()
    return item


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
