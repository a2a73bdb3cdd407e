"""What belonging to an organisation, and merging two of them, refuse; each with the sentence that tells why."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class NetworkRefused(Exception):
    """A step that the rules do not allow; `sentence` says why, `field` of which form field it speaks."""

    field: str | None = None
    sentence = _("This is not possible now.")


class LastCoordinator(NetworkRefused):
    """Nobody would coordinate the trainings of this organisation any more, and nobody said that they know."""

    field = "knowingly"
    sentence = _(
        "Afterwards nobody coordinates the trainings here. Make somebody else coordinator first, or tick that you know this."
    )


class NotAMember(NetworkRefused):
    """This person's membership was decided on, or ended, a moment ago."""

    sentence = _("Somebody changed this a moment ago. Reload the page to see how it stands.")


class CannotMerge(NetworkRefused):
    """An organisation goes up in another one, which the team has confirmed; each only once."""

    sentence = _("Choose two different organisations. The one that stays is confirmed, the other one was not merged before.")


class AlreadyMerged(CannotMerge):
    """This organisation went up in another one before; `name` says which."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name

    @property
    def sentence(self) -> str:
        """Says which one it is."""
        return gettext("%(name)s is merged already.") % {"name": self.name}
