"""The four objectives of the team: names, signs and order, for every menu, dashboard or page that is grouped by them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Objective:
    """One of four that weigh the same, each with a figure of its own on the site and in the team's admin."""

    slug: str
    name: str | Promise
    order: int

    @property
    def figure(self) -> str:
        """The name of the figure, for `{% icon %}` and for Wagtail's icons: door-1 to door-4."""
        return f"door-{self.order // 100}"

    @property
    def menu_hook(self) -> str:
        """The hook by which an app puts a `MenuItem` into this objective's part of the admin's menu."""
        return f"register_{self.slug}_menu_item"

    @property
    def work_hook(self) -> str:
        """The hook by which an app puts today's work on this objective's part of the dashboard: `request → list[Work]`."""
        return f"register_{self.slug}_work"


@dataclass(frozen=True)
class Work:
    """Something that waits for the team: how much of it, and where it is done."""

    label: str
    count: int
    url: str


KNOWLEDGE = Objective("aanspreekpunt", _("Contact point and knowledge"), 100)
TRAININGS = Objective("vormingen", _("Trainings and pilot actions"), 200)
CASEWORK = Objective("samenwerking", _("Working together on cases"), 300)
PULSE = Objective("pols", _("Finger on the pulse"), 400)

OBJECTIVES = (KNOWLEDGE, TRAININGS, CASEWORK, PULSE)
