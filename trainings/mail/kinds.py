"""The kinds of mail about trainings: what they are called, and which placeholders the team's own words in them may hold."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What each placeholder stands for; the first two are the only ones in a subject, since nothing personal may stand there.
PLACEHOLDERS = {
    "vorming": _("the title of the training"),
    "datum": _("the first day of the session"),
    "plaats": _("where the first part is held"),
    "voornaam": _("the first name of who reads it"),
    "inschrijver": _("the name of who booked"),
    "tot": _("until when an answer or the names are awaited"),
}
IN_SUBJECT = ("vorming", "datum")
EVERYWHERE = ("vorming", "datum", "plaats", "voornaam")


@dataclass(frozen=True)
class Kind:
    """One kind of mail: its name for the team, who gets it and when, and which placeholders it has besides the usual ones."""

    name: str
    label: str | Promise
    subject: str | Promise  # the built-in one, in its usual form; without one it is written for each message
    when: str | Promise
    further: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """What of it the team can say in own words."""
        return ("subject", "opening", "closing") if self.subject else ("opening", "closing")

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the opening and the closing may hold."""
        return EVERYWHERE + self.further


KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            "booking_confirmed",
            _("Confirmation of a booking"),
            _("You are booked: %(training)s"),
            _("To who booked, as soon as there are seats."),
        ),
        Kind(
            "invitation",
            _("Invitation"),
            _("Invitation: %(training)s"),
            _("To a participant whom somebody else booked."),
            ("inschrijver",),
        ),
        Kind(
            "approval_asked",
            _("Request received"),
            _("Asked for: %(training)s"),
            _("To who booked, when the booking awaits approval."),
        ),
        Kind(
            "approval_to_give",
            _("Approval by the organisation"),
            _("To approve: %(training)s"),
            _("To the training coordinators of the organisation, who decide first."),
            ("inschrijver",),
        ),
        Kind("booking_refused", _("Not approved"), _("Not approved: %(training)s"), _("To who booked, with the reason.")),
        Kind(
            "names_missing",
            _("Names missing"),
            _("Names still to come: %(training)s"),
            _("To who booked, some days before the names are to be known."),
            ("tot",),
        ),
        Kind("names_given", _("Names noted"), _("Names noted: %(training)s"), _("To who booked, after giving names.")),
        Kind(
            "nameless_seats_released",
            _("Seats without a name given back"),
            _("Seats without a name given back: %(training)s"),
            _("To who booked, when the names came too late."),
        ),
        Kind(
            "waiting_list",
            _("On the waiting list"),
            _("On the waiting list: %(training)s"),
            _("To who booked, when the session is full."),
        ),
        Kind(
            "seats_offered",
            _("A seat came free"),
            _("A seat came free: %(training)s"),
            _("To who booked and waits; the seat is kept until then."),
            ("tot",),
        ),
        Kind(
            "left_waiting_list",
            _("No longer on the waiting list"),
            _("No longer on the waiting list: %(training)s"),
            _("To who booked, after a no or no answer to an offered seat."),
        ),
        Kind("session_reminder", _("Reminder"), _("Soon: %(training)s"), _("To everybody with a seat, three days before.")),
        Kind(
            "session_changed",
            _("Change of the session"),
            _("Changed: %(training)s"),
            _("To everybody who has, asks or waits for a seat, when hour or place changes."),
        ),
        Kind(
            "day_part_dropped",
            _("A part falls out"),
            _("Changed: %(training)s"),
            _("To everybody with a seat, when one day-part is dropped."),
        ),
        Kind(
            "session_cancelled",
            _("Cancellation of the session"),
            _("Does not take place: %(training)s"),
            _("To everybody who has, asks or waits for a seat."),
        ),
        Kind(
            "seats_cancelled",
            _("Seats given back"),
            _("Booking cancelled: %(training)s"),
            _("To who booked, with who still takes part."),
        ),
        Kind(
            "participant_cancelled",
            _("Your seat is given back"),
            _("Seat given back: %(training)s"),
            _("To a participant whose seat somebody else gave back."),
            ("inschrijver",),
        ),
        Kind(
            "invitation_declined",
            _("Declined in the calendar"),
            _("You declined, your seat is still yours: %(training)s"),
            _("Once to a participant whose calendar said no."),
        ),
        Kind(
            "participant_replaced",
            _("Somebody else comes"),
            _("Somebody else comes: %(training)s"),
            _("To who booked, when one person takes the place of another."),
        ),
        Kind(
            "participants_moved",
            _("Moved to another date"),
            _("Moved to another date: %(training)s"),
            _("To who booked, when the team moves people."),
        ),
        Kind(
            "own_seat_moved",
            _("The old date leaves the calendar"),
            _("Seat given back: %(training)s"),
            _("To who booked and was moved too."),
        ),
        Kind("message_to_all", _("Message of the team"), "", _("The frame around what you write to everybody.")),
    ]
}
