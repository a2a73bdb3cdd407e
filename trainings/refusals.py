"""What booking, planning and attendance refuse, each with the sentence that tells why."""

from collections.abc import Collection

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class BookingRefused(Exception):
    """A booking, or a change to one, that the rules do not allow; `sentence` says why, `field` of which form field it speaks."""

    field: str | None = None
    sentence = _("This is not possible now.")


class SessionFull(BookingRefused):
    """Fewer seats were left than this booking asked for; `seats_left` says how many."""

    def __init__(self, seats_left: int):
        super().__init__(seats_left)
        self.seats_left = seats_left

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


class TooManyOfOneOrganisation(BookingRefused):
    """The organisation would get more seats than one organisation may have; `seats_left` says how many are left for it."""

    field = "organisation"

    def __init__(self, seats_left: int):
        super().__init__(seats_left)
        self.seats_left = seats_left

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


class TooManyNames(BookingRefused):
    """More names than seats; `seats_left` says how many seats have still no name."""

    field = "names"

    def __init__(self, seats_left: int):
        super().__init__(seats_left)
        self.seats_left = seats_left

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


class NotTheSameTraining(BookingRefused):
    """People are moved between sessions that run; this is the session that they come from, or one that does not take people."""

    field = "to"
    sentence = _("Choose another session that is published.")


class NotAColleague(BookingRefused):
    """Bookings are handed over to somebody who belongs to the organisation, and not to who has them."""

    field = "to"
    sentence = _("Choose somebody who belongs to your organisation.")


class PlanningRefused(Exception):
    """A step or a change of a session that the rules do not allow."""

    sentence = _("This is not possible now.")


class StepNotAllowed(PlanningRefused):
    """The session's state does not lead there; see `Session.STEPS`."""

    sentence = _("The session is in a state that does not allow this. Reload the page to see how it stands.")


class ChangedMeanwhile(PlanningRefused):
    """A form that was opened before a colleague saved a change would put that change back."""

    sentence = _("A colleague changed this session after you opened this page. Look at their change first, then make yours.")


class NoDayPart(PlanningRefused):
    """A session without a date cannot be published, nor keep none."""

    sentence = _("The session has no day-part yet. Add a date and a time first.")


class StartsInThePast(PlanningRefused):
    """Nobody can book for a session that has begun."""

    sentence = _("The session begins in the past. Change the date first.")


class TrainingNotPublished(PlanningRefused):
    """The page that the session would stand on is not public."""

    sentence = _("The training itself is not published. Publish its page first.")


class NotOverYet(PlanningRefused):
    """Only a session that has ended can be closed."""

    sentence = _("The session is not over yet.")


class NoReason(PlanningRefused):
    """Whoever is told that a session is cancelled is told why."""

    sentence = _("Say why: everybody who booked reads it.")


class NoSuchTime(PlanningRefused):
    """The hour that the change to summer time skips."""

    sentence = _("This time does not exist: the clocks go forward in that night.")


class AttendanceNoted(PlanningRefused):
    """A day-part with noted attendance is not removed."""

    sentence = _("Attendance is noted for this day-part, so it cannot be removed.")


class SentJustNow(PlanningRefused):
    """The same message to all, twice within minutes: a form sent twice."""

    sentence = _("You sent a message with this subject a moment ago. It has not been sent again.")


class NobodyToMail(PlanningRefused):
    """A message to all of nobody."""

    sentence = _("Nobody has a seat yet, so there is nobody to write to.")


class NotOfThisSession(PlanningRefused):
    """Attendance of somebody without a seat in this session, or of another session's day-part."""

    sentence = _("This person or day-part does not belong to this session.")


class NotItsDayYet(PlanningRefused):
    """Nobody was there, or was missed, on a day that has still to come."""

    sentence = _("This day has still to come: until then one can only note who is excused.")


class AlreadyEmptied(PlanningRefused):
    """The names are gone: there is nothing left to keep longer."""

    sentence = _("The personal data of this session are removed already.")


class NotAfterTheSession(PlanningRefused):
    """Names are needed until the session is over, and no day in the past can be kept to."""

    field = "until"
    sentence = _("Choose a day after the session, today at the earliest.")


class WrongPlaceholder(Exception):
    """A placeholder in the team's own words that does not exist, or may not stand there; `field` says in which of them."""

    def __init__(self, field: str, wrong: str, allowed: Collection[str]):
        super().__init__(field)
        self.field, self.wrong, self.allowed = field, wrong, allowed

    @property
    def sentence(self) -> str:
        names = ", ".join(f"{{{name}}}" for name in self.allowed)
        return gettext("%(wrong)s does not exist here. You can use: %(names)s.") % {"wrong": self.wrong, "names": names}


class NoDayChosen(PlanningRefused):
    """A series of no sessions."""

    sentence = _("Leave one day at least.")


class NoSuchDay(PlanningRefused):
    """A pasted list of days with something in it that is none; `word` is what was typed."""

    field = "days"

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word

    @property
    def sentence(self) -> str:
        return gettext("This is no date: %(word)s. Write it as 31/12/2026.") % {"word": self.word[:40]}
