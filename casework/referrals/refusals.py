"""Why a verb says no; `message` is what the page shows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """What was wanted can't be done with this referral now."""

    message: str | Promise = ""


class NotYours(Refused):
    """Only the case manager of a referral does anything with it; for all others it does not exist (I3)."""

    message = _("This referral is not yours.")


class AlreadyTaken(Refused):
    """A colleague took the referral before this click arrived."""

    message = _("This referral no longer waits for a case manager.")


class NotOpen(Refused):
    """What is closed takes no further steps."""

    message = _("This referral is closed.")


class CannotAnswer(Refused):
    """The referrer left no code, or the referral is withdrawn or erased."""

    message = _("This referral can't be answered with a code. Note here how you told the referrer.")


class CodeBroken(Refused):
    """The code was changed past casework: an answer would be read by somebody else."""

    message = _("The code of this referral was changed outside casework. Tell an administrator, and hand out a new code.")


class ShownAlready(Refused):
    """A code is shown once: the same page sent again makes no other one, which would void the one just read aloud."""

    message = _("The code was made and shown already. Do you not have it any more? Then make a new one.")


class StillUnanswered(Refused):
    """Somebody who has a code waits for an answer: closing without one is said in so many words."""

    message = _("The referrer got no answer yet. Write one, or tick that you close without an answer.")


class NoAdviceYet(Refused):
    """Closing with advice needs a recorded advice (I5)."""

    message = _("Write down your advice first. After that you can close this referral.")


class NoDestination(Refused):
    """Redirecting names where to (I16 for referrals)."""

    message = _("Say to whom you redirect.")


class NamesGoAlong(Refused):
    """What goes to prevention carries no personal data (I9).

    `found` are the words as they were typed; `perhaps` says that they only look like names.
    """

    message = _("This text would take personal data along. Leave it out.")

    def __init__(self, found: list[str], *, perhaps: bool = False):
        super().__init__()
        self.found, self.perhaps = found, perhaps


class NotACaseManager(Refused):
    """A referral is handed to another case manager, and to nobody else."""

    message = _("Choose another case manager.")


class AskedAlready(Refused):
    """One colleague is asked at a time."""

    message = _("You have asked a colleague already. Take that back first.")


class NotAskedAnyMore(Refused):
    """The giver took it back, or it was answered in another window."""

    message = _("This hand-over was answered or taken back already.")


class NoIdentity(Refused):
    """There is no identity in a state that this step begins from (I1: it may stay so to the end)."""

    message = _("There is no identity for this step.")


class WithoutReferrer(Refused):
    """Only the referrer offers or withdraws the identity: with the code, or in words recorded with day and means (I2)."""

    message = _("Note when and how the referrer said so.")


class TooLateToWithdraw(Refused):
    """What is closed can't be withdrawn any more; its words are erased sooner instead."""

    message = _("This referral is closed already.")
