"""What the bookings have to say by mail: one function per message, all of them through the outbox."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage

from . import invitations
from .models import Booking, DayPart, Participant, Session


def booking_confirmed(booking: Booking, people: list[Participant]) -> None:
    """To the booker the whole booking, to each participant with an address of their own an invitation."""
    with _in_dutch():
        own = next((person for person in people if _is_booker(person)), None)
        confirmation = _message(
            "booking_confirmed",
            booking.session,
            to=booking.booked_by.email,
            subject=_("You are booked: %(training)s") % _about(booking.session),
            context=_booking(booking, people),
            calendar=invitations.invite(own) if own else None,
        )
        outbox.queue_all([confirmation, *(_invitation(person) for person in people if person.email and not _is_booker(person))])


def _invitation(participant: Participant) -> OutboxMessage:
    """To a participant whom somebody else booked: what, when, where, and the invitation for the calendar."""
    return _message(
        "invitation",
        participant.session,
        to=participant.email,
        subject=_("Invitation: %(training)s") % _about(participant.session),
        context={"participant": participant},
        calendar=invitations.invite(participant),
    )


def placed_on_waiting_list(booking: Booking, people: list[Participant]) -> None:
    """To the booker: there is no seat now, and what happens when one comes free."""
    with _in_dutch():
        message = _message(
            "waiting_list",
            booking.session,
            to=booking.booked_by.email,
            subject=_("On the waiting list: %(training)s") % _about(booking.session),
            context=_booking(booking, people),
        )
        outbox.queue_all([message])


def seats_cancelled(booking: Booking, leaving: Iterable[Participant], *, reason: str = "") -> None:
    """To the booker who gave seats back or whose seats the team cancelled, and to each participant invited."""
    leaving = list(leaving)
    with _in_dutch():
        subject = _("Cancelled: %(training)s") % _about(booking.session)
        own = next((person for person in leaving if _is_booker(person)), None)
        staying = list(booking.participants.active())
        confirmation = _message(
            "seats_cancelled",
            booking.session,
            to=booking.booked_by.email,
            subject=subject,
            context=_booking(booking, staying) | {"leaving": leaving, "reason": reason},
            calendar=invitations.uninvite(own) if own else None,
        )
        others = [person for person in leaving if person.email and not _is_booker(person)]
        told = [_to_participant("participant_cancelled", one, subject, reason, invitations.uninvite(one)) for one in others]
        outbox.queue_all([confirmation, *told])


def session_cancelled(session: Session) -> int:
    """To every booker and participant once: the session does not take place, and why; returns how many mails."""
    with _in_dutch():
        subject = _("Does not take place: %(training)s") % _about(session)
        people, reason = _everybody(session), session.cancel_reason
        told = [_to_participant("session_cancelled", one, subject, reason, invitations.uninvite(one)) for one in people]
        told += _to_other_bookers("session_cancelled", session, people, subject, reason)
        return len(outbox.queue_all(told))


def session_changed(session: Session, *, dropped: Iterable[DayPart] = ()) -> int:
    """To everybody with a seat: time or place is new, with an invitation that replaces the one before.

    Day-parts that were dropped leave the calendar with a message of their own: a file has one method only.
    """
    # As it stands now: whoever changed it may hold the day-parts of before.
    session = Session.objects.select_related("training").get(pk=session.pk)
    with _in_dutch():
        subject = _("Changed: %(training)s") % _about(session)
        people, gone = [person for person in _everybody(session) if person.holds_seat], list(dropped)
        told = [_to_participant("session_changed", one, subject, "", invitations.invite(one)) for one in people]
        told += _to_other_bookers("session_changed", session, people, subject, "", waiting=False)
        apart = [_to_participant("day_part_dropped", one, subject, "", invitations.uninvite(one, gone)) for one in people if gone]
        outbox.queue_all([*told, *apart])
        return len(told)


def message_to_all(session: Session, *, subject: str, text: str, by) -> int:
    """A free message of the team to everybody with a seat and to who booked for them; returns how many mails."""
    with _in_dutch():
        context = {"message": text, "sender": by}
        told = [_message("message_to_all", session, to=one, subject=subject, context=context) for one in recipients(session)]
        return len(outbox.queue_all(told))


def recipients(session: Session) -> list[str]:
    """The addresses that a message to all reaches, each once."""
    seats = session.participants.seated().select_related("booking__booked_by")
    found = {seat.email or seat.booking.booked_by.email for seat in seats}
    return sorted(found | {seat.booking.booked_by.email for seat in seats})


def _everybody(session: Session) -> list[Participant]:
    people = session.participants.active().exclude(email="").select_related("booking__booked_by").in_order()
    return list(people)


def _to_other_bookers(
    kind: str, session: Session, told: list[Participant], subject: str, reason: str, *, waiting: bool = True
) -> list[OutboxMessage]:
    # Who booked for people without an address, or only for others, hears it too; nobody hears it twice.
    reached = {person.email for person in told}
    people = session.participants.active() if waiting else session.participants.seated()
    bookings = session.bookings.filter(participants__in=people).select_related("booked_by").distinct()
    left_out = {booking.booked_by.email: booking for booking in bookings if booking.booked_by.email not in reached}
    return [
        _message(kind, session, to=address, subject=subject, context={"booking": booking, "reason": reason})
        for address, booking in left_out.items()
    ]


def _to_participant(kind: str, person: Participant, subject: str, reason: str, calendar) -> OutboxMessage:
    context = {"participant": person, "reason": reason}
    return _message(kind, person.session, to=person.email, subject=subject, context=context, calendar=calendar)


def _message(kind: str, session: Session, *, to: str, subject: str, context: dict, calendar=None) -> OutboxMessage:
    context = _session(session) | context
    text = render_to_string(f"trainings/mail/{kind}.txt", context).strip() + "\n"
    return outbox.compose(
        kind=kind,
        to=to,
        subject=subject,
        text=text,
        about=f"session:{session.pk}",
        calendar=calendar,
    )


def _session(session: Session) -> dict:
    return {
        "session": session,
        "training": session.training,
        "day_parts": invitations.day_parts(session),
        "site_url": settings.SITE_URL,
        "mine_url": f"{settings.SITE_URL}{reverse('trainings:mine')}",
    }


def _booking(booking: Booking, people: list[Participant]) -> dict:
    return {
        "booking": booking,
        "participants": sorted(people, key=Participant.sorting_key),
        "booking_url": f"{settings.SITE_URL}{reverse('trainings:booking-detail', args=[booking.reference])}",
    }


def _about(session: Session) -> dict:
    return {"training": session.training.title}


def _is_booker(person: Participant) -> bool:
    return bool(person.email) and person.email == person.booking.booked_by.email


def _in_dutch():
    """Mail is in the site's language, whoever's request or worker causes it."""
    return translation.override(settings.LANGUAGE_CODE)
