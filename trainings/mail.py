"""What the bookings have to say by mail: one function per message, all of them through the outbox."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shared import outbox

from . import invitations
from .models import Booking, DayPart, Participant, Session


def booking_confirmed(booking: Booking) -> None:
    """To the booker the whole booking, to each participant with an address of their own an invitation."""
    with _in_dutch():
        context = _booking(booking)
        people = context["participants"]
        own = next((person for person in people if _is_booker(person)), None)
        _send(
            "booking_confirmed",
            booking.session,
            to=booking.booked_by.email,
            subject=_("You are booked: %(training)s") % _about(booking.session),
            context=context,
            calendar=invitations.invite(own) if own else None,
        )
        for person in people:
            if person.email and not _is_booker(person):
                invite_participant(person)


def invite_participant(participant: Participant) -> None:
    """To a participant whom somebody else booked: what, when, where, and the invitation for the calendar."""
    with _in_dutch():
        _send(
            "invitation",
            participant.session,
            to=participant.email,
            subject=_("Invitation: %(training)s") % _about(participant.session),
            context={"participant": participant},
            calendar=invitations.invite(participant),
        )


def placed_on_waiting_list(booking: Booking) -> None:
    """To the booker: there is no seat now, and what happens when one comes free."""
    with _in_dutch():
        _send(
            "waiting_list",
            booking.session,
            to=booking.booked_by.email,
            subject=_("On the waiting list: %(training)s") % _about(booking.session),
            context=_booking(booking),
        )


def seats_cancelled(booking: Booking, leaving: Iterable[Participant], *, reason: str = "") -> None:
    """To the booker who gave seats back or whose seats the team cancelled, and to each participant invited."""
    leaving = list(leaving)
    with _in_dutch():
        subject = _("Cancelled: %(training)s") % _about(booking.session)
        own = next((person for person in leaving if _is_booker(person)), None)
        context = _booking(booking) | {"leaving": leaving, "reason": reason}
        _send(
            "seats_cancelled",
            booking.session,
            to=booking.booked_by.email,
            subject=subject,
            context=context,
            calendar=invitations.uninvite(own) if own else None,
        )
        for person in leaving:
            if person.email and not _is_booker(person):
                _tell_participant("participant_cancelled", person, subject, reason, invitations.uninvite(person))


def session_cancelled(session: Session) -> int:
    """To every booker and participant once: the session does not take place, and why; returns how many mails."""
    with _in_dutch():
        subject = _("Does not take place: %(training)s") % _about(session)
        people = _everybody(session)
        for person in people:
            _tell_participant("session_cancelled", person, subject, session.cancel_reason, invitations.uninvite(person))
        return len(people) + _tell_other_bookers("session_cancelled", session, people, subject, session.cancel_reason)


def session_changed(session: Session, *, dropped: Iterable[DayPart] = ()) -> int:
    """To everybody with a seat: time or place is new, with an invitation that replaces the one before.

    Day-parts that were dropped leave the calendar with a message of their own: a file has one method only.
    """
    # As it stands now: whoever changed it may hold the day-parts of before.
    session = Session.objects.select_related("training").get(pk=session.pk)
    with _in_dutch():
        subject = _("Changed: %(training)s") % _about(session)
        people = [person for person in _everybody(session) if person.holds_seat]
        for person in people:
            _tell_participant("session_changed", person, subject, "", invitations.invite(person))
            if dropped:
                _tell_participant("day_part_dropped", person, subject, "", invitations.uninvite(person, list(dropped)))
        return len(people) + _tell_other_bookers("session_changed", session, people, subject, "", waiting=False)


def message_to_all(session: Session, *, subject: str, text: str, by) -> int:
    """A free message of the team to everybody with a seat and to who booked for them; returns how many mails."""
    with _in_dutch():
        addresses = recipients(session)
        for address in addresses:
            _send("message_to_all", session, to=address, subject=subject, context={"message": text, "sender": by})
        return len(addresses)


def recipients(session: Session) -> list[str]:
    """The addresses that a message to all reaches, each once."""
    seats = session.participants.seated().select_related("booking__booked_by")
    found = {seat.email or seat.booking.booked_by.email for seat in seats}
    return sorted(found | {seat.booking.booked_by.email for seat in seats})


def _everybody(session: Session) -> list[Participant]:
    people = session.participants.active().exclude(email="").select_related("booking__booked_by").in_order()
    return list(people)


def _tell_other_bookers(
    kind: str, session: Session, told: list[Participant], subject: str, reason: str, *, waiting: bool = True
) -> int:
    # Who booked for people without an address, or only for others, hears it too; nobody hears it twice.
    reached = {person.email for person in told}
    people = session.participants.active() if waiting else session.participants.seated()
    bookings = session.bookings.filter(participants__in=people).select_related("booked_by").distinct()
    left_out = {booking.booked_by.email: booking for booking in bookings if booking.booked_by.email not in reached}
    for address, booking in left_out.items():
        _send(kind, session, to=address, subject=subject, context={"booking": booking, "reason": reason})
    return len(left_out)


def _tell_participant(kind: str, person: Participant, subject: str, reason: str, calendar) -> None:
    context = {"participant": person, "reason": reason}
    _send(kind, person.session, to=person.email, subject=subject, context=context, calendar=calendar)


def _send(kind: str, session: Session, *, to: str, subject: str, context: dict, calendar=None) -> None:
    context = _session(session) | context
    text = render_to_string(f"trainings/mail/{kind}.txt", context).strip() + "\n"
    outbox.queue(
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


def _booking(booking: Booking) -> dict:
    people = list(booking.participants.active().in_order())
    for person in people:
        # The same objects for everybody: what a mail asks of them is then fetched once.
        person.booking, person.session = booking, booking.session
    return {
        "booking": booking,
        "participants": people,
        "booking_url": f"{settings.SITE_URL}{reverse('trainings:booking-detail', args=[booking.reference])}",
    }


def _about(session: Session) -> dict:
    return {"training": session.training.title}


def _is_booker(person: Participant) -> bool:
    return bool(person.email) and person.email == person.booking.booked_by.email


def _in_dutch():
    """Mail is in the site's language, whoever's request or worker causes it."""
    return translation.override(settings.LANGUAGE_CODE)
