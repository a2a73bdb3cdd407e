"""About the seats of one booking: got, given back, taken over by somebody else, moved."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.network.models import Organisation
from shared.models import OutboxMessage
from trainings import links
from trainings.calendars import invitations
from trainings.models import Booking, Participant
from trainings.words.language import in_site_language

from .parts import about, about_session, own_of, post, to_booker, to_invited, waiting_of


def booking_confirmed(booking: Booking, people: list[Participant]) -> None:
    """To the booker the seats that are reserved now, to each participant with an address of their own an invitation."""
    with in_site_language():
        own = own_of(people)
        others = [person for person in people if person is not own]
        subject = _("You are booked: %(training)s") if own else _("Booked: %(training)s")
        confirmation = to_booker(
            "booking_confirmed",
            booking,
            subject=subject % about(booking.session),
            people=people,
            calendar=invitations.invite(own) if own else None,
            invites=any(person.email for person in others),
            passes_on=any(not person.email for person in others),
            waiting=waiting_of(booking),
            missing=0 if booking.head_count else sum(not person.is_named for person in people),
            unknown=unknown_of(booking),
            seat_url=links.to_seat(own) if own else "",
        )
        post([confirmation, *(invitation(person) for person in others if person.email)])


def invited(booking: Booking, people: list[Participant]) -> None:
    """To each of these people with an address the invitation, and to nobody else: who made the booking was there."""
    with in_site_language():
        post([invitation(person) for person in people if person.email])


def seats_cancelled(
    booking: Booking, leaving: Iterable[Participant], *, waited: Collection[int] = (), reason: str = "", by_link: bool = False
) -> None:
    """To the booker who leaves and who still takes part, and to each participant with an address that they left.

    Who only waited (`waited` has their keys) has nothing in the calendar that could leave it. `by_link`: they did it themselves.
    """
    leaving, staying = list(leaving), list(booking.participants.active())
    with in_site_language():
        own = own_of(leaving)
        others = [person for person in leaving if person is not own]
        confirmation = to_booker(
            "seats_cancelled",
            booking,
            subject=_given_back(booking, len(leaving), staying),
            people=[person for person in staying if person.holds_seat],
            calendar=invitations.uninvite(own) if own and own.pk not in waited else None,
            leaving=leaving,
            waiting=[person for person in staying if not person.holds_seat],
            passes_on=any(not person.email for person in others),
            reason=reason,
            by_link=by_link,
        )
        gone = [goodbye(person, reason, waited, by_link=by_link) for person in others if person.email]
        post([confirmation, *gone])


def invitation(participant: Participant) -> OutboxMessage:
    """To a participant whom somebody else booked: what, when, where, and the invitation for the calendar."""
    subject = _("Invitation: %(training)s") % about(participant.session)
    return to_invited("invitation", participant, subject, invitations.invite(participant))


def goodbye(participant: Participant, reason: str, waited: Collection[int], **how) -> OutboxMessage:
    """To a participant whose seat was given back or passed on; `how` says by whom, and to whom."""
    calendar = None if participant.pk in waited else invitations.uninvite(participant)
    subject = _("Seat given back: %(training)s") % about(participant.session)
    return to_invited("participant_cancelled", participant, subject, calendar, reason=reason, **how)


def _given_back(booking: Booking, number: int, staying: list[Participant]) -> str:
    """The subject for the booker; it names nobody, since a subject shows on a locked phone."""
    if not staying:
        return _("Booking cancelled: %(training)s") % about(booking.session)
    text = ngettext("%(n)s seat given back: %(training)s", "%(n)s seats given back: %(training)s", number)
    return text % (about(booking.session) | {"n": number})


def unknown_of(booking: Booking) -> Organisation | None:
    """The organisation of this booking where the team has still to confirm it."""
    organisation = booking.organisation
    return organisation if organisation and organisation.state == Organisation.State.PROPOSED else None


def invitation_to_new_address(participant: Participant) -> None:
    """To a participant whose address was put right: the invitation that did not arrive."""
    with in_site_language():
        post([invitation(participant)])


def participant_replaced(before: Participant, participant: Participant, *, reason: str = "", by_link: bool = False) -> None:
    """To the booker who comes instead of whom, to who leaves that it leaves the calendar, to who comes the invitation."""
    booking = participant.booking
    with in_site_language():
        subject = _("Somebody else comes: %(training)s") % about(booking.session)
        facts: dict[str, Any] = {"before": before, "after": participant, "reason": reason, "by_link": by_link}
        messages = [to_booker("participant_replaced", booking, subject=subject, people=seated_of(booking), **facts)]
        if before.email:
            waited = () if before.holds_seat else (before.pk,)
            messages.append(goodbye(before, reason, waited, by_link=by_link, taken_by=participant))
        if participant.email and participant.holds_seat:
            messages.append(invitation(participant))
        post(messages)


def participants_moved(
    booking: Booking,
    new: Booking,
    leaving: list[Participant],
    arrived: list[Participant],
    *,
    seatless: Collection[int],
    reason: str,
) -> None:
    """To the booker what was and what is; to each with an address that the one leaves the calendar and the other comes in."""
    own_before, own_now = own_of(leaving), own_of(arrived)
    with in_site_language():
        subject = _("Moved to another date: %(training)s") % about(new.session)
        confirmation = to_booker(
            "participants_moved",
            new,
            subject=subject,
            people=arrived,
            calendar=invitations.invite(own_now) if own_now else None,
            was=invitations.day_parts(booking.session),
            reason=reason,
        )
        # A calendar file has one method only: what leaves travels apart from what comes. Who had no seat has nothing there.
        gone = [one for one in leaving if one.pk not in seatless and (one.email or one is own_before)]
        moved = [_out_of_calendar(one, reason, own=one is own_before) for one in gone]
        invitations_ = [invitation(one) for one in arrived if one.email and one is not own_now]
        post([confirmation, *moved, *invitations_])


def _out_of_calendar(participant: Participant, reason: str, *, own: bool) -> OutboxMessage:
    subject = _("Moved to another date: %(training)s") % about(participant.session)
    calendar = invitations.uninvite(participant)
    if own:
        booking = participant.booking
        return to_booker("own_seat_moved", booking, subject=subject, people=[participant], calendar=calendar, reason=reason)
    return to_invited("own_seat_moved", participant, subject, calendar, reason=reason)


def names_given(booking: Booking, named: list[Participant], *, missing: int) -> None:
    """To the booker whose names are known now and how many are still to come; to each with an address an invitation."""
    invited = [one for one in named if one.holds_seat]
    own = own_of(invited)
    with in_site_language():
        subject = _("Names noted: %(training)s") % about(booking.session)
        calendar = invitations.invite(own) if own else None
        confirmation = to_booker("names_given", booking, subject=subject, people=named, calendar=calendar, missing=missing)
        post([confirmation, *(invitation(one) for one in invited if one.email and one is not own)])


def names_missing(booking: Booking, missing: int) -> None:
    """To the booker, some days before: so many seats have no name yet, and until when they can get one."""
    with in_site_language():
        subject = _("Names still to come: %(training)s") % about(booking.session)
        facts: dict[str, Any] = {"missing": missing, "valid_until": booking.session.names_close_at}
        post([to_booker("names_missing", booking, subject=subject, people=seated_of(booking), **facts)])


def nameless_seats_released(booking: Booking, released: int) -> None:
    """To the booker: so many seats had no name in time and went to somebody else."""
    with in_site_language():
        subject = _("Seats without a name given back: %(training)s") % about(booking.session)
        people = seated_of(booking)
        post([to_booker("nameless_seats_released", booking, subject=subject, people=people, released=released)])


def invitation_declined(participant: Participant) -> None:
    """To a participant whose calendar said no, once for each date: the seat is kept, and here it is given back."""
    sent = OutboxMessage.objects.about(about_session(participant.session)).filter(to__iexact=participant.email)
    moved = sent.filter(kind="session_changed").aggregate(last=Max("created_at"))["last"]
    told = sent.filter(kind="invitation_declined")
    if (told.filter(created_at__gt=moved) if moved else told).exists():
        return
    with in_site_language():
        subject = _("You declined, your seat is still yours: %(training)s") % about(participant.session)
        post([to_invited("invitation_declined", participant, subject, None)])


def seated_of(booking: Booking) -> list[Participant]:
    """Who of this booking has a seat."""
    return list(booking.participants.seated().in_order())
