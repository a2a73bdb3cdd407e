"""The organiser's place in the team's admin: addresses, menu, buttons and today's work."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from shared.objectives import PULSE, TRAININGS

from .access import may_organise
from .admin import (
    importing,  # noqa: F401 registers its own addresses, menu item and button
    partners,
)
from .admin.viewsets import SchoolHolidayViewSet, TrainerViewSet, VenueViewSet
from .admin.work import work
from .models import TrainingPage

hooks.register(TRAININGS.work_hook, work)
hooks.register(PULSE.work_hook, partners.double_organisations)
hooks.register("register_organisation_button", partners.merge_button)
hooks.register("register_membership_button", partners.leave_button)


class OrganiserMenuItem(MenuItem):
    """Shown to who may use what it leads to."""

    def is_shown(self, request):
        return may_organise(request.user)


@hooks.register("register_admin_urls")
def organiser_urls():
    return [
        path("sessies/lijsten/", include("trainings.admin.sheets")),
        path("sessies/", include("trainings.admin.urls")),
        path("organisaties-samenvoegen/", include("trainings.admin.partners")),
    ]


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("shared/team.css"))


@hooks.register(TRAININGS.menu_hook)
def sessions_menu_item():
    return OrganiserMenuItem(_("Sessions"), reverse("organise:sessions"), icon_name="calendar-alt", order=10)


@hooks.register(TRAININGS.menu_hook)
def plan_menu_item():
    return OrganiserMenuItem(_("Plan a session"), reverse("organise:choose-training"), icon_name="plus", order=20)


@hooks.register(TRAININGS.menu_hook)
def lists_menu_item():
    return OrganiserMenuItem(_("Attendance lists"), reverse("trainings_sheets:choose"), icon_name="clipboard-list", order=30)


@hooks.register(TRAININGS.menu_hook)
def retention_menu_item():
    return OrganiserMenuItem(_("Personal data"), reverse("organise:retention"), icon_name="bin", order=80)


@hooks.register(TRAININGS.menu_hook)
def mail_texts_menu_item():
    return OrganiserMenuItem(_("Words of the mails"), reverse("organise:mail-texts"), icon_name="mail", order=50)


@hooks.register("register_admin_viewset")
def viewsets():
    return [TrainerViewSet(), VenueViewSet(), SchoolHolidayViewSet()]


@hooks.register("register_page_listing_more_buttons")
def plan_from_the_list(page, user, next_url=None):
    """In the list of pages, each training can be planned."""
    if _can_be_planned(page, user):
        yield Button(_("Plan a session"), reverse("organise:plan", args=[page.pk]), icon_name="calendar-alt", priority=5)


@hooks.register("register_page_header_buttons")
def plan_from_the_page(page, user, view_name, next_url=None):
    """So can it from its own page in the editor."""
    if _can_be_planned(page, user):
        yield Button(_("Plan a session"), reverse("organise:plan", args=[page.pk]), icon_name="calendar-alt", priority=5)


def _can_be_planned(page, user) -> bool:
    return isinstance(page.specific_deferred, TrainingPage) and may_organise(user)
