"""What can't be done with an account, and why."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Says in `sentence` why not, for who asked."""

    sentence = _("This can't be done.")


class NotForYou(Refused):
    """Asked by somebody without the role for it, or about the own account."""

    sentence = _("This is for somebody else to decide.")


class SomebodyThere(Refused):
    """There is an account with this address."""

    sentence = _("There is an account with this address already.")


class ProposedAlready(Refused):
    """Something with a code is under way for this address: a second one would void the half that somebody wrote down."""

    sentence = _("Something is under way for this address already. Take that back first, under Access.")


class DecidedAlready(Refused):
    """Somebody decided before, or it was taken back."""

    sentence = _("This was decided already, or taken back.")


class NoSuchCode(Refused):
    """Wrong, used, run out or never made: all the same to who types it."""

    sentence = _(
        "This address and this code do not belong together, or the code no longer counts. "
        "Check all three, or ask who gave it to you for a new one."
    )


class StillCaseManager(Refused):
    """Referrals that are not erased yet, closed ones too, would have nobody: they are handed over first."""

    sentence = _("This person is still the case manager of referrals, open or closed. Those must be handed over first.")


class LastOfficer(Refused):
    """Somebody always looks over the shoulder of administrators: another officer is there before the last one goes."""

    sentence = _("This is the only data protection officer. Invite another one first.")


class SealBroken(Refused):
    """Something was written into the database past the application: sealing the account again would make it count."""

    sentence = _(
        "Something about this account was changed outside casework. Have that looked into first. "
        "Until then it can only be ended, or begin anew with a new sign-in."
    )


class RolesApart(Refused):
    """An account without a role, or an administrator or officer who would read cases as well."""

    sentence = _("Choose a role. Administrator and data protection officer don't go together with another one.")
