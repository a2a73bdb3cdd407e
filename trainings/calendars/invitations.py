"""The calendar side of a seat: one event per day-part, for one participant, the same UID for its whole life."""

from email.utils import parseaddr

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from shared import calendar
from trainings.models import DayPart, Participant, Session
from trainings.readers import is_booker


def invite(participant: Participant) -> tuple[str, str]:
    """(REQUEST, file) for this participant's own calendar; every change sent has a higher `invitation_sequence`."""
    return calendar.invitation(
        seat_events(participant), organiser=settings.DEFAULT_FROM_EMAIL, attendee=participant.email, name=participant.full_name
    )


def uninvite(participant: Participant, parts: list[DayPart] | None = None) -> tuple[str, str]:
    """(CANCEL, file) that takes these day-parts, or all of the session, out of this participant's calendar."""
    return calendar.cancellation(
        seat_events(participant, parts),
        organiser=settings.DEFAULT_FROM_EMAIL,
        attendee=participant.email,
        name=participant.full_name,
    )


def seat_events(participant: Participant, parts: list[DayPart] | None = None) -> list[calendar.Event]:
    """What stands in a participant's calendar, with the online link that only participants see."""
    return [
        _event(
            part,
            uid=f"{participant.invitation_key}-{part.pk}",
            sequence=participant.invitation_sequence,
            note=_for_participant(part, participant),
        )
        for part in (day_parts(participant.session) if parts is None else parts)
    ]


def session_events(session: Session) -> list[calendar.Event]:
    """What stands in a public calendar: no link to take part, no names; a cancelled session says so."""
    return [
        _event(part, uid=f"{session.code.lower()}-{part.pk}", sequence=_public_sequence(session)) for part in day_parts(session)
    ]


def day_parts(session: Session) -> list[DayPart]:
    """The day-parts with their venues, fetched once for each session object."""
    prefetch_related_objects([session], Prefetch("day_parts", DayPart.objects.select_related("venue")))
    return list(session.day_parts.all())


def _event(part: DayPart, *, uid: str, sequence: int, note: str = "") -> calendar.Event:
    session = part.session
    address = f"{settings.SITE_URL}{session.get_absolute_url()}"
    return calendar.Event(
        uid=f"{uid}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}",
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        summary=session.training.title,
        location=_location(part),
        description="\n".join(line for line in (session.training.summary, note, address) if line),
        url=address,
        sequence=sequence,
        cancelled=session.state == Session.State.CANCELLED,
    )


def _public_sequence(session: Session) -> int:
    return 1 if session.state == Session.State.CANCELLED else 0


def _location(part: DayPart) -> str:
    return ", ".join(text for text in (part.place, part.venue.address if part.venue else "") if text)


def _for_participant(part: DayPart, participant: Participant) -> str:
    # A calendar's "no" reaches a mailbox, not the seats: people must know the difference.
    declining = _("Declining this invitation does not give your seat back.")
    return "\n".join(line for line in (part.online_link, f"{declining} {_giving_back(participant)}") if line)


def _giving_back(participant: Participant) -> str:
    """How this person gives the seat back: only who booked can do it on the site."""
    booking = participant.booking
    if is_booker(participant):
        address = f"{settings.SITE_URL}{booking.get_absolute_url()}"
        return _("Can you not come? You give your seat back here: %(address)s") % {"address": address}
    return _("Can you not come? Use the link in our mail, or tell %(booker)s, who booked for you.") % {"booker": booking.booked_by}
