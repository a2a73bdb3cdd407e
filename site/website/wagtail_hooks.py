"""What the site itself adds to the team's admin: addresses, menu items and today's work."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shared.objectives import KNOWLEDGE, Work

from . import desk  # noqa: F401 the menu and the dashboard register themselves
from .admin import accounts, choosing, guide, upkeep
from .admin.questions import READ
from .models import Question


@hooks.register("register_admin_urls")
def own_urls():
    return [
        path("vragen/", include("website.admin.urls")),
        path("nakijken/", upkeep.upkeep, name="website_upkeep"),
        path("zo-werkt-het/", guide.guide, name="website_help"),
    ]


# In the place of Wagtail's own of the same names, which are registered first.
for action in accounts.BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)


hooks.register("construct_page_chooser_queryset", choosing.only_choosable)


class QuestionsMenuItem(MenuItem):
    """The work list, for who may read questions."""

    def is_shown(self, request):
        return request.user.has_perm(READ)


class UpkeepMenuItem(MenuItem):
    """What wants looking after, for who writes texts."""

    def is_shown(self, request):
        return upkeep.may_look(request.user)


@hooks.register(KNOWLEDGE.menu_hook)
def questions_menu_item():
    return QuestionsMenuItem(
        gettext_lazy("Questions"), reverse("website_questions:index"), name="questions", icon_name="help", order=10
    )


@hooks.register(KNOWLEDGE.menu_hook)
def upkeep_menu_item():
    return UpkeepMenuItem(gettext_lazy("To look after"), reverse("website_upkeep"), name="upkeep", icon_name="glasses", order=90)


@hooks.register(KNOWLEDGE.work_hook)
def work(request) -> list[Work]:
    """Questions that want an answer, and texts that want looking after."""
    found = []
    if request.user.has_perm(READ):
        found.append(Work(_("questions to answer"), Question.objects.open().count(), reverse("website_questions:index")))
    if upkeep.may_look(request.user):
        found.append(Work(_("texts and pictures to look after"), upkeep.number_of_findings(), reverse("website_upkeep")))
    return found


@hooks.register("construct_help_menu")
def own_help(request, items):
    """Help about this site in the place of links to elsewhere."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
    items.insert(0, MenuItem(_("How things are done"), reverse("website_help"), name="guide", icon_name="help", order=1))
