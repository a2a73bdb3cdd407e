"""About a whole session, to everybody whom it concerns."""

from collections import defaultdict

from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage
from trainings import links, readers
from trainings.calendars import invitations
from trainings.dates import day_parts
from trainings.dates.day_parts import Difference
from trainings.models import DayPart, Session
from trainings.readers import Reader
from trainings.words.language import in_site_language

from .parts import about, about_session, post, to_reader
from .waiting import until_when

# What is not true any more once the session does not take place, or begins at another hour.
OVERTAKEN_BY_CANCELLING = ("session_reminder", "names_missing", "seats_offered")
OVERTAKEN_BY_MOVING = ("session_reminder",)


def session_cancelled(session: Session) -> int:
    """To every booker and participant once: the session does not take place, and why; returns how many mails."""
    _withdraw(session, OVERTAKEN_BY_CANCELLING)
    with in_site_language():
        subject = _("Does not take place: %(training)s") % about(session)
        told = [
            # Who waited has nothing in the calendar that could leave it.
            to_reader("session_cancelled", session, one, subject, invitations.uninvite(one.seat) if one.seat else None)
            for one in readers.of_everybody(session)
        ]
        return post(told)


def session_changed(session: Session, *, before: list[DayPart]) -> int:
    """To everybody: what was and what is; to who has a seat with an invitation that replaces the one before.

    Who waits or asks for a seat reads that the place in the queue, the request or the offered seat stays, and hears nothing of
    a new online link, which is for participants. Day-parts of `before` that are gone leave the calendar with a message of their
    own: a file has one method only. Returns how many people are told.
    """
    # As it stands now: whoever changed it may hold the day-parts of before.
    session = Session.objects.select_related("training").get(pk=session.pk)
    _withdraw(session, OVERTAKEN_BY_MOVING)
    changes = day_parts.differences(before, invitations.day_parts(session))
    moved = [change for change in changes if change.is_seen_by_all]
    gone = [change.was for change in changes if change.was and not change.now]
    told = [one for one in readers.of_everybody(session) if one.has_seat or moved]
    with in_site_language():
        subject = _("Changed: %(training)s") % about(session)
        offers = _offers(session)
        messages = [_changed(session, one, subject, changes if one.has_seat else moved, offers[one.address]) for one in told]
        messages += [
            to_reader("day_part_dropped", session, one, subject, invitations.uninvite(one.seat, gone), gone=gone)
            for one in told
            if one.seat and gone
        ]
        # Of a session that is over nobody is told.
        return len(told) if post(messages) else 0


def message_to_all(session: Session, *, subject: str, text: str, by) -> int:
    """A free message of the team to everybody with a seat and to who booked for them; returns how many mails."""
    with in_site_language():
        told = [
            to_reader("message_to_all", session, one, subject, None, message=text, sender=by)
            for one in readers.with_a_seat(session)
        ]
        return post(told)


def recipients(session: Session) -> list[str]:
    """The addresses that a message to all reaches, each once."""
    return sorted(reader.address for reader in readers.with_a_seat(session))


def session_reminder(session: Session) -> int:
    """To everybody with a seat, some days before: when, where, what to bring; returns how many mails."""
    begins = min((part.starts_at for part in invitations.day_parts(session)), default=None)
    with in_site_language():
        subject = _("Soon: %(training)s") % about(session)
        told = [
            to_reader("session_reminder", session, one, subject, None, valid_until=begins) for one in readers.with_a_seat(session)
        ]
        return post(told)


def _changed(session: Session, reader: Reader, subject: str, changes: list[Difference], offers: list) -> OutboxMessage:
    calendar = invitations.invite(reader.seat) if reader.seat else None
    return to_reader("session_changed", session, reader, subject, calendar, changes=changes, offers=offers)


def _offers(session: Session) -> dict[str, list]:
    """By the address of who booked: until when seats that came free are kept, and where they are accepted."""
    found = defaultdict(list)
    for offer in session.offers.open().select_related("entry__booking__booked_by"):
        found[offer.entry.booking.booked_by.email].append((until_when(offer), links.to_offer(offer)))
    return found


def _withdraw(session: Session, kinds: tuple[str, ...]) -> None:
    outbox.withdraw(OutboxMessage.objects.about(about_session(session)).filter(kind__in=kinds))
