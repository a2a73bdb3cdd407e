"""About a whole session, to everybody whom it concerns."""

from django.utils.translation import gettext as _

from shared import outbox
from trainings import day_parts, invitations, readers
from trainings.language import in_site_language
from trainings.models import DayPart, Session

from .parts import about, to_reader


def session_cancelled(session: Session) -> int:
    """To every booker and participant once: the session does not take place, and why; returns how many mails."""
    with in_site_language():
        subject = _("Does not take place: %(training)s") % about(session)
        told = [
            # Who waited has nothing in the calendar that could leave it.
            to_reader("session_cancelled", session, one, subject, invitations.uninvite(one.seat) if one.seat else None)
            for one in readers.of_everybody(session)
        ]
        return len(outbox.queue_all(told))


def session_changed(session: Session, *, before: list[DayPart]) -> int:
    """To everybody with a seat: what was and what is, with an invitation that replaces the one before.

    Day-parts of `before` that are gone leave the calendar with a message of their own: a file has one method only.
    """
    # As it stands now: whoever changed it may hold the day-parts of before.
    session = Session.objects.select_related("training").get(pk=session.pk)
    changes = day_parts.differences(before, invitations.day_parts(session))
    gone = [change.was for change in changes if change.was and not change.now]
    with in_site_language():
        subject = _("Changed: %(training)s") % about(session)
        told = readers.with_a_seat(session)
        messages = [
            to_reader("session_changed", session, one, subject, invitations.invite(one.own) if one.own else None, changes=changes)
            for one in told
        ]
        messages += [
            to_reader("day_part_dropped", session, one, subject, invitations.uninvite(one.own, gone), gone=gone)
            for one in told
            if one.own and gone
        ]
        outbox.queue_all(messages)
        return len(told)


def message_to_all(session: Session, *, subject: str, text: str, by) -> int:
    """A free message of the team to everybody with a seat and to who booked for them; returns how many mails."""
    with in_site_language():
        told = [
            to_reader("message_to_all", session, one, subject, None, message=text, sender=by)
            for one in readers.with_a_seat(session)
        ]
        return len(outbox.queue_all(told))


def recipients(session: Session) -> list[str]:
    """The addresses that a message to all reaches, each once."""
    return sorted(reader.address for reader in readers.with_a_seat(session))


def session_reminder(session: Session) -> int:
    """To everybody with a seat, some days before: when, where, what to bring; returns how many mails."""
    with in_site_language():
        subject = _("Soon: %(training)s") % about(session)
        told = [to_reader("session_reminder", session, one, subject, None) for one in readers.with_a_seat(session)]
        return len(outbox.queue_all(told))
