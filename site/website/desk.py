"""The team's desk: menu and dashboard of the admin in four groups of equal weight, one per objective.

Each app puts its own items and today's work into a group, by the hooks that an `Objective` names.
"""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from shared.objectives import CASEWORK, OBJECTIVES, Objective
from shared.team_screens import screen


class DeskPanel(Component):
    """Cards side by side, one for each objective that this account works on: what waits today, and nothing else."""

    name = "desk"
    template_name = "website/admin/desk.html"
    order = 10

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"cards": [(each, work_of(each, request)) for each in OBJECTIVES if is_open(each, request)]}


def is_open(objective: Objective, request) -> bool:
    """Whether who looks can open anything of this objective, by its part of the menu."""
    return bool(Menu(register_hook_name=objective.menu_hook).menu_items_for_request(request))


def work_of(objective: Objective, request) -> list:
    """What waits in this objective for who looks; what there is none of is left out."""
    lines = [line for hook in hooks.get_hooks(objective.work_hook) for line in hook(request)]
    return [line for line in lines if line.count]


@hooks.register("construct_homepage_panels")
def add_desk(request, panels):
    panels.insert(0, DeskPanel())


@hooks.register("register_icons")
def add_figures(icons):
    return [*icons, *(f"website/admin/figures/{objective.figure}.svg" for objective in OBJECTIVES)]


def _group(objective: Objective):
    def menu_item() -> SubmenuMenuItem:
        menu = Menu(register_hook_name=objective.menu_hook)
        # Below 100 stands nothing of Wagtail's own: the four come first.
        return SubmenuMenuItem(objective.name, menu, name=objective.slug, icon_name=objective.figure, order=objective.order // 100)

    return menu_item


for each in OBJECTIVES:
    hooks.register("register_admin_menu_item", _group(each))


@hooks.register("register_admin_urls")
def casework_url():
    return [path("samenwerking/", casework, name="desk-casework")]


@hooks.register(CASEWORK.menu_hook)
def casework_menu_item():
    return MenuItem(gettext_lazy("Where cases are worked on"), reverse("desk-casework"), name="casework", icon_name="lock")


@require_safe
def casework(request):
    """Says where casework is done, and why it is not done here."""
    return screen(request, "website/admin/casework.html", str(CASEWORK.name), {}, icon=CASEWORK.figure)
