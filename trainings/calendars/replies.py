"""What a participant's calendar answered to an invitation: noted beside the participant, and no seat given back for it."""

import re
import uuid
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.calendar_replies import Answer, answers_in
from shared.mailbox import read_new
from trainings import mail
from trainings.models import DayPart, HistoryEntry, Participant, Session
from trainings.seats import lock, record
from trainings.words.language import in_site_language

Reply = Participant.Reply
Verb = HistoryEntry.Verb
ANSWERS = {"ACCEPTED": Reply.ACCEPTED, "TENTATIVE": Reply.TENTATIVE, "DECLINED": Reply.DECLINED}
# Of answers to several day-parts given at once, the one that the team has to know counts.
WEIGHT = [Reply.NONE, Reply.ACCEPTED, Reply.TENTATIVE, Reply.DECLINED]
# As `invitations.seat_events` makes it: the key of the invitation, and the day-part.
UID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9]{1,18})@(.+)", re.IGNORECASE)


def read_mailbox() -> int:
    """The worker's part: takes in what is new in the mailbox that the settings name; returns how many mails that were."""
    return read_new(settings.REPLY_MAILBOX, note_mail) if settings.REPLY_MAILBOX else 0


def note_mail(raw: bytes) -> int:
    """Notes every answer of a calendar in this mail, whatever else the mail is; returns how many changed something."""
    return sum(note_answer(answer) for answer in sorted(answers_in(raw), key=_weight))


@transaction.atomic
def note_answer(answer: Answer) -> bool:
    """Notes one answer; False for one that is of nobody, of somebody else, too late, or known already."""
    participant = _whom(answer)
    if participant is None:
        return False
    # The seat is looked at again behind the lock: meanwhile it may have been given back, or to somebody else.
    lock(participant.session)
    participant = Participant.objects.select_related("session__training", "booking__booked_by").get(pk=participant.pk)
    if not _counts(answer, participant):
        return False
    if answer.attendee != participant.email.lower():
        return _note_stranger(participant)
    return _note(answer, participant)


def _whom(answer: Answer) -> Participant | None:
    """The seat that was invited with this UID; None for any other text."""
    found = UID.fullmatch(answer.uid)
    if not found or found[3].lower() != parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower():
        return None
    part = DayPart.objects.filter(pk=int(found[2])).values("session")
    return Participant.objects.filter(invitation_key=uuid.UUID(found[1]), session__in=part).select_related("session").first()


def _counts(answer: Answer, participant: Participant) -> bool:
    """Whether it answers the last invitation, to somebody who still has a seat in a session that is still to come."""
    session = participant.session
    to_come = session.state == Session.State.PUBLISHED and session.day_parts.filter(ends_at__gt=timezone.now()).exists()
    return to_come and participant.holds_seat and bool(participant.email) and answer.sequence >= participant.invitation_sequence


def _note(answer: Answer, participant: Participant) -> bool:
    before, reply, at = participant.reply, Reply(ANSWERS[answer.status]), _moment(answer)
    if not _is_newer(participant, reply, at):
        return False
    participant.reply, participant.replied_at = reply, at
    participant.save(update_fields=["reply", "replied_at"])
    if reply == before:
        return False
    with in_site_language():
        _record(participant, f"{participant}: {reply.label}")
    if reply == Reply.DECLINED:
        mail.invitation_declined(participant)
    return True


def _is_newer(participant: Participant, reply: Reply, at: datetime) -> bool:
    before = participant.replied_at
    if before is None or at > before:
        return True
    # One click answers several day-parts in the same second.
    return at == before and WEIGHT.index(reply) > WEIGHT.index(Reply(participant.reply))


def _moment(answer: Answer) -> datetime:
    now = timezone.now()
    # A clock that runs ahead would silence every answer after it.
    return min(answer.at, now) if answer.at else now


def _note_stranger(participant: Participant) -> bool:
    """Somebody to whom the invitation was passed on answered: that says nothing about who has the seat."""
    with in_site_language():
        detail = _("%(name)s: an answer from another address, which does not count") % {"name": participant}
    if participant.booking.history.filter(verb=Verb.REPLIED, detail=detail[:300]).exists():
        return False
    _record(participant, detail)
    return True


def _record(participant: Participant, detail: str) -> None:
    record(participant.session, participant.booking, Verb.REPLIED, None, detail)


def _weight(answer: Answer) -> int:
    return -WEIGHT.index(ANSWERS[answer.status])
