"""What the site itself adds to the team's admin: addresses, menu items and today's work."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shared.objectives import KNOWLEDGE, Work

from . import desk  # noqa: F401 the menu and the dashboard register themselves
from .admin import accounts, choosing, forgetting, guide, upkeep
from .admin.questions import READ
from .models import Question
from .own.removal import ACTION


@hooks.register("register_admin_urls")
def own_urls():
    return [
        path("vragen/", include("website.admin.urls")),
        path("nakijken/", upkeep.upkeep, name="website_upkeep"),
        path("gegevens-wissen/", forgetting.forget, name="website_forget"),
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


class ForgettingMenuItem(MenuItem):
    """Beside the accounts, for who may remove them."""

    def is_shown(self, request):
        return request.user.has_perm(forgetting.REMOVE)


@hooks.register("register_settings_menu_item")
def forgetting_menu_item():
    return ForgettingMenuItem(
        gettext_lazy("Remove somebody's data"), reverse("website_forget"), name="forget", icon_name="bin", order=700
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(ACTION, gettext_lazy("Remove personal data"), gettext_lazy("Personal data removed on request"))


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
        number = Question.objects.open().count()
        label = ngettext("question to answer", "questions to answer", number)
        found.append(Work(label, number, reverse("website_questions:index")))
    if upkeep.may_look(request.user):
        number = upkeep.number_of_findings()
        label = ngettext("text or picture to look after", "texts and pictures to look after", number)
        found.append(Work(label, number, reverse("website_upkeep")))
    return found


@hooks.register("construct_help_menu")
def own_help(request, items):
    """Help about this site in the place of links to elsewhere."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
    items.insert(0, MenuItem(_("How things are done"), reverse("website_help"), name="guide", icon_name="help", order=1))
