"""What the site itself adds to the team's admin: addresses, menu items and today's work of the contact point."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shared.objectives import KNOWLEDGE, Work

from . import desk  # noqa: F401 the menu and the dashboard register themselves
from .admin.questions import READ
from .models import Question


@hooks.register("register_admin_urls")
def questions_urls():
    return [path("vragen/", include("website.admin.urls"))]


class QuestionsMenuItem(MenuItem):
    """The work list, for who may read questions."""

    def is_shown(self, request):
        return request.user.has_perm(READ)


@hooks.register(KNOWLEDGE.menu_hook)
def questions_menu_item():
    return QuestionsMenuItem(gettext_lazy("Questions"), reverse("website_questions:index"), name="questions", icon_name="help", order=10)


@hooks.register(KNOWLEDGE.work_hook)
def questions_work(request) -> list[Work]:
    """How many questions want an answer."""
    if not request.user.has_perm(READ):
        return []
    return [Work(_("Questions to answer"), Question.objects.open().count(), reverse("website_questions:index"))]
