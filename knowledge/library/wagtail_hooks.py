"""Themes and sectors in the team's admin: the lists that everything is ordered by."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from shared.objectives import KNOWLEDGE
from shared.team_lists import Cell, TeamViewSet

from .models import Sector, Theme


class TopicViewSet(TeamViewSet):
    """What the screens of themes and sectors have in common."""

    menu_hook = KNOWLEDGE.menu_hook
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "description"]
    ordering = ("position", "name")
    # The catalogue shows both, as filters and on its cards.
    version = "catalogue"
    download = [
        Cell(_("Name"), lambda topic: topic.name, 30),
        Cell(_("Description"), lambda topic: topic.description, 60),
        Cell(_("Position"), lambda topic: topic.position, 10, "number"),
    ]


class ThemeViewSet(TopicViewSet):
    """What it is about."""

    model = Theme
    name = "themas"
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 30
    form_fields = ["name", "slug", "description", "position", "illustration"]
    export_filename = "themas"


class SectorViewSet(TopicViewSet):
    """Where people work."""

    model = Sector
    name = "sectoren"
    icon = "group"
    menu_label = _("Sectors")
    menu_order = 40
    form_fields = ["name", "slug", "description", "position"]
    export_filename = "sectoren"


@hooks.register("register_admin_viewset")
def topics():
    return [ThemeViewSet(), SectorViewSet()]
