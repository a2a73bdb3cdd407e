"""What the bookings have to say by mail: one function per message, all of them through the outbox."""

import re
from collections.abc import Collection, Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.network.models import Organisation
from shared import outbox
from shared.models import OutboxMessage

from . import day_parts, invitations, readers
from .models import Booking, DayPart, Participant, Session
from .readers import Reader, is_booker

EMPTY_LINES = re.compile(r"\n{3,}")  # what a template leaves behind where it had nothing to say


def booking_confirmed(booking: Booking, people: list[Participant]) -> None:
    """To the booker the seats that are reserved now, to each participant with an address of their own an invitation."""
    with _in_dutch():
        own = _own(people)
        others = [person for person in people if person is not own]
        subject = _("You are booked: %(training)s") if own else _("Booked: %(training)s")
        confirmation = _to_booker(
            "booking_confirmed",
            booking,
            subject=subject % _about(booking.session),
            people=people,
            calendar=invitations.invite(own) if own else None,
            invites=any(person.email for person in others),
            passes_on=any(not person.email for person in others),
            waiting=_waiting(booking),
            unknown=_unknown(booking),
        )
        outbox.queue_all([confirmation, *(_invitation(person) for person in others if person.email)])


def placed_on_waiting_list(booking: Booking, people: list[Participant]) -> None:
    """To the booker: there is no seat now, and what happens when one comes free."""
    with _in_dutch():
        subject = _("On the waiting list: %(training)s") % _about(booking.session)
        outbox.queue_all([_to_booker("waiting_list", booking, subject=subject, people=people)])


def seats_cancelled(booking: Booking, leaving: Iterable[Participant], *, waited: Collection[int] = (), reason: str = "") -> None:
    """To the booker who leaves and who still takes part, and to each participant with an address that they left.

    Who only waited (`waited` has their keys) has nothing in the calendar that could leave it.
    """
    leaving, staying = list(leaving), list(booking.participants.active())
    with _in_dutch():
        own = _own(leaving)
        others = [person for person in leaving if person is not own]
        confirmation = _to_booker(
            "seats_cancelled",
            booking,
            subject=_who_leaves(booking, leaving, staying),
            people=[person for person in staying if person.holds_seat],
            calendar=invitations.uninvite(own) if own and own.pk not in waited else None,
            leaving=leaving,
            waiting=[person for person in staying if not person.holds_seat],
            passes_on=any(not person.email for person in others),
            reason=reason,
        )
        outbox.queue_all([confirmation, *(_goodbye(person, reason, waited) for person in others if person.email)])


def session_cancelled(session: Session) -> int:
    """To every booker and participant once: the session does not take place, and why; returns how many mails."""
    with _in_dutch():
        subject = _("Does not take place: %(training)s") % _about(session)
        told = [
            # Who waited has nothing in the calendar that could leave it.
            _to_reader("session_cancelled", session, one, subject, invitations.uninvite(one.seat) if one.seat else None)
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
    with _in_dutch():
        subject = _("Changed: %(training)s") % _about(session)
        told = readers.with_a_seat(session)
        messages = [
            _to_reader("session_changed", session, one, subject, invitations.invite(one.own) if one.own else None, changes=changes)
            for one in told
        ]
        messages += [
            _to_reader("day_part_dropped", session, one, subject, invitations.uninvite(one.own, gone), gone=gone)
            for one in told
            if one.own and gone
        ]
        outbox.queue_all(messages)
        return len(told)


def message_to_all(session: Session, *, subject: str, text: str, by) -> int:
    """A free message of the team to everybody with a seat and to who booked for them; returns how many mails."""
    with _in_dutch():
        told = [
            _to_reader("message_to_all", session, one, subject, None, message=text, sender=by)
            for one in readers.with_a_seat(session)
        ]
        return len(outbox.queue_all(told))


def recipients(session: Session) -> list[str]:
    """The addresses that a message to all reaches, each once."""
    return sorted(reader.address for reader in readers.with_a_seat(session))


def _invitation(participant: Participant) -> OutboxMessage:
    """To a participant whom somebody else booked: what, when, where, and the invitation for the calendar."""
    subject = _("Invitation: %(training)s") % _about(participant.session)
    return _to_invited("invitation", participant, subject, invitations.invite(participant))


def _goodbye(participant: Participant, reason: str, waited: Collection[int]) -> OutboxMessage:
    """To a participant whose seat somebody else gave back."""
    calendar = None if participant.pk in waited else invitations.uninvite(participant)
    subject = _("Seat given back: %(training)s") % _about(participant.session)
    return _to_invited("participant_cancelled", participant, subject, calendar, reason=reason)


def _who_leaves(booking: Booking, leaving: list[Participant], staying: list[Participant]) -> str:
    """The subject for the booker: by name, since the colleagues who stay are booked as before."""
    more = len(leaving) - 1
    if not staying:
        text = _("Booking cancelled: %(training)s")
    elif more:
        text = ngettext(
            "Given back: the seats of %(name)s and %(n)s other person (%(training)s)",
            "Given back: the seats of %(name)s and %(n)s others (%(training)s)",
            more,
        )
    else:
        text = _("Given back: the seat of %(name)s (%(training)s)")
    return text % (_about(booking.session) | {"name": leaving[0].full_name, "n": more})


def _to_booker(kind: str, booking: Booking, *, subject: str, people: list[Participant], calendar=None, **more) -> OutboxMessage:
    context = {
        "first_name": booking.booked_by.first_name,
        "participants": sorted(people, key=Participant.sorting_key),
        "booking_url": f"{settings.SITE_URL}{booking.get_absolute_url()}",
    }
    return _message(kind, booking.session, booking.booked_by.email, subject, context | more, calendar)


def _to_invited(kind: str, person: Participant, subject: str, calendar, **more) -> OutboxMessage:
    context = {"first_name": person.first_name, "booker": person.booking.booked_by}
    return _message(kind, person.session, person.email, subject, context | more, calendar)


def _to_reader(kind: str, session: Session, reader: Reader, subject: str, calendar, **more) -> OutboxMessage:
    context = {"reader": reader, "first_name": reader.first_name, "booker": reader.own and reader.own.booking.booked_by}
    return _message(kind, session, reader.address, subject, context | more, calendar)


def _message(kind: str, session: Session, to: str, subject: str, context: dict, calendar) -> OutboxMessage:
    context = _session(session) | {"in_calendar": bool(calendar)} | context
    text = render_to_string(f"trainings/mail/{kind}.txt", context).strip() + "\n"
    text = EMPTY_LINES.sub("\n\n", text)
    return outbox.compose(kind=kind, to=to, subject=subject, text=text, about=f"session:{session.pk}", calendar=calendar)


def _session(session: Session) -> dict:
    return {
        "session": session,
        "training": session.training,
        "day_parts": invitations.day_parts(session),
        "site_url": settings.SITE_URL,
        "mine_url": f"{settings.SITE_URL}{reverse('trainings:mine')}",
    }


def _about(session: Session) -> dict:
    return {"training": session.training.title}


def _own(people: list[Participant]) -> Participant | None:
    """The booker among these people of one booking."""
    return next((person for person in people if is_booker(person)), None)


def _waiting(booking: Booking) -> list[Participant]:
    return list(booking.participants.filter(state=Participant.State.WAITING).in_order())


def _unknown(booking: Booking) -> Organisation | None:
    """The organisation of this booking where the team has still to confirm it."""
    organisation = booking.organisation
    return organisation if organisation and organisation.state == Organisation.State.PROPOSED else None


def _in_dutch():
    """Mail is in the site's language, whoever's request or worker causes it."""
    return translation.override(settings.LANGUAGE_CODE)
