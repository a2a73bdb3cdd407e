"""The four objectives of the team: names, signs and order, for every menu, dashboard or page that is grouped by them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Objective:
    """One of four that weigh the same: `icon` is a sign of Wagtail's admin, `figure` the drawing on the site."""

    slug: str
    name: str | Promise
    icon: str
    order: int

    @property
    def figure(self) -> str:
        """The name of the figure for `{% icon %}`: door-1 to door-4."""
        return f"door-{self.order // 100}"


KNOWLEDGE = Objective("aanspreekpunt", _("Contact point and knowledge"), "help", 100)
TRAININGS = Objective("vormingen", _("Trainings and pilot actions"), "calendar-alt", 200)
CASEWORK = Objective("samenwerking", _("Working together on cases"), "lock", 300)
PULSE = Objective("pols", _("Finger on the pulse"), "site", 400)

OBJECTIVES = (KNOWLEDGE, TRAININGS, CASEWORK, PULSE)
