"""What booking refuses, and changing a booking."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class BookingRefused(Exception):
    """A booking, or a change to one, that the rules do not allow; `sentence` says why, `field` of which form field it speaks."""

    field: str | None = None
    sentence = _("This is not possible now.")


class TooFewSeats(BookingRefused):
    """Fewer seats are left than would be taken; `seats_left` says how many."""

    def __init__(self, seats_left: int):
        super().__init__(seats_left)
        self.seats_left = seats_left


class SessionFull(TooFewSeats):
    """Fewer seats were left than this booking asked for; `seats_left` says how many."""

    @property
    def sentence(self) -> str:
        if self.seats_left < 1:
            return gettext("All seats were taken just now.")
        return ngettext("Only %(n)s seat is left.", "Only %(n)s seats are left.", self.seats_left) % {"n": self.seats_left}


class BookingClosed(BookingRefused):
    """The session does not take bookings now: not published, cancelled, begun, or past its deadline."""

    sentence = _("This session takes no bookings any more.")


class AlreadyBooked(BookingRefused):
    """Somebody with this e-mail address has a place in this session; `email` says who."""

    field = "email"
    sentence = _("There is a seat for this e-mail address in this session already.")

    def __init__(self, email: str):
        super().__init__(email)
        self.email = email


class NotForThisSector(BookingRefused):
    """The training is for some sectors only, and this organisation works in another one, or there is no organisation."""

    field = "organisation"
    sentence = _("This training is for some sectors only: see who it is for.")


class NotInvited(BookingRefused):
    """The session is for some organisations, or for some people; this booking is of none of them."""

    field = "organisation"
    sentence = _("This session is for who is invited: see who can book.")


class TooManyOfOneOrganisation(TooFewSeats):
    """The organisation would get more seats than one organisation may have; `seats_left` says how many are left for it."""

    field = "organisation"

    @property
    def sentence(self) -> str:
        if self.seats_left < 1:
            return gettext("Your organisation has all the seats that one organisation can have in this session.")
        text = ngettext(
            "Your organisation can have %(n)s more seat in this session.",
            "Your organisation can have %(n)s more seats in this session.",
            self.seats_left,
        )
        return text % {"n": self.seats_left}


class PrerequisiteNotMet(BookingRefused):
    """Nobody said that everybody followed what is to be followed first."""

    field = "prerequisites_met"
    sentence = _("Say that everybody has followed this, or knows as much. If not, book that training first.")


class NoHeadCount(BookingRefused):
    """This session is not booked by a number of people without names."""

    field = "unnamed"
    sentence = _("In this session everybody needs a name.")


class NamesClosed(BookingRefused):
    """The time is over in which seats can be booked, or named, without a name known at once."""

    field = "unnamed"
    sentence = _("The time for giving names later is over: fill in everybody's name.")


class TooManyBookings(BookingRefused):
    """This person made more bookings within the hour than anybody who books for people does."""

    sentence = _("You made very many bookings in the past hour. Wait a while, or call us: nothing you typed is lost.")


class TooLate(BookingRefused):
    """The time in which a booker may do this is over; the team still may."""

    sentence = _("The time in which you can change this yourself is over. Let the team know.")


class OfferGone(BookingRefused):
    """The seat is not offered any more: answered before, withdrawn, or not taken in time."""

    sentence = _("This seat is not kept for you any more.")


class TooManyNames(TooFewSeats):
    """More names than seats; `seats_left` says how many seats have still no name."""

    field = "names"

    @property
    def sentence(self) -> str:
        text = ngettext(
            "There is %(n)s seat without a name: give no more names than that.",
            "There are %(n)s seats without a name: give no more names than that.",
            self.seats_left,
        )
        return text % {"n": self.seats_left}


class NeedsClosed(BookingRefused):
    """The session is over or does not take place, or the seat is somebody else's now: there is nothing to arrange any more."""

    sentence = _("There is nothing left to arrange for this seat. Nothing was kept.")


class AlreadyDecided(BookingRefused):
    """Somebody approved or refused this booking a moment ago, or it was withdrawn."""

    sentence = _("This booking was decided on, or withdrawn, a moment ago. Reload the page to see how it stands.")


class AlreadyCame(BookingRefused):
    """It is noted whether this person was there: the mark would become somebody else's with the seat."""

    sentence = _(
        "It is noted already whether this person was there, so the seat cannot go to somebody else any more. "
        "The team can add who comes as one more participant, or take away a mark that is a mistake."
    )


class NotTheSameTraining(BookingRefused):
    """People are moved between sessions that run; this is the session that they come from, or one that does not take people."""

    field = "to"
    sentence = _("Choose another session that is published.")


class NotAColleague(BookingRefused):
    """Bookings are handed over to somebody who belongs to the organisation, and not to who has them."""

    field = "to"
    sentence = _("Choose somebody who belongs to your organisation.")


class NothingToHandOver(BookingRefused):
    """The booking is over, cancelled, or somebody else's since it was looked at."""

    sentence = _("This booking can not be handed over any more: it is over, nobody comes, or somebody else has it already.")
