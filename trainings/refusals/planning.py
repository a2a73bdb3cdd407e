"""What planning, attendance and keeping personal data refuse."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PlanningRefused(Exception):
    """A step or a change of a session that the rules do not allow."""

    sentence = _("This is not possible now.")


class StepNotAllowed(PlanningRefused):
    """The session's state does not lead there, see `Session.STEPS`; `state` is the one that it has."""

    SENTENCES = {
        "draft": _("The session is not published yet."),
        "published": _("The session was published already."),
        "cancelled": _("The session was cancelled already."),
        "done": _("The session was closed already."),
    }
    sentence = _("The session is in a state that does not allow this. Reload the page to see how it stands.")

    def __init__(self, state: str = ""):
        super().__init__(state)
        self.sentence = self.SENTENCES.get(state, self.sentence)


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
