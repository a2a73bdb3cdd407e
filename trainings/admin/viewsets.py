"""Trainers, venues and school holidays: their lists, forms and downloads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from shared.objectives import TRAININGS
from shared.team_lists import Cell, TeamIndexView, TeamViewSet
from trainings.access import may_organise
from trainings.models import SchoolHoliday, Trainer, Venue
from trainings.seats import CATALOGUE


class TrainerList(TeamIndexView):
    """All trainers, each with a button that leads to their calendar."""

    def get_list_buttons(self, instance):
        buttons = super().get_list_buttons(instance)
        if may_organise(self.request.user):
            url = reverse("organise:trainer-feed", args=[instance.pk])
            buttons.append(Button(_("Calendar to subscribe to"), url=url, icon_name="calendar-alt", priority=40))
        return buttons


class TrainerViewSet(TeamViewSet):
    """Who gives trainings."""

    model = Trainer
    index_view_class = TrainerList
    name = "lesgevers"
    icon = "user"
    menu_label = _("Trainers")
    menu_order = 30
    menu_hook = TRAININGS.menu_hook
    list_display = ["name", "kind", "organisation", "email"]
    list_filter = ["kind"]
    search_fields = ["name", "organisation", "email"]
    form_fields = ["name", "kind", "organisation", "bio", "email"]
    export_filename = "lesgevers"
    version = CATALOGUE
    download = [
        Cell(_("Name"), lambda trainer: trainer.name, 30),
        Cell(_("Kind"), lambda trainer: trainer.get_kind_display(), 14),
        Cell(_("Organisation"), lambda trainer: trainer.organisation, 30),
        Cell(_("E-mail address"), lambda trainer: trainer.email, 30),
    ]


class VenueViewSet(TeamViewSet):
    """Where sessions are held."""

    model = Venue
    name = "locaties"
    icon = "site"
    menu_label = _("Venues")
    menu_order = 40
    menu_hook = TRAININGS.menu_hook
    list_display = ["name", "street", "city", "capacity"]
    list_filter = ["city"]
    search_fields = ["name", "street", "postcode", "city"]
    form_fields = ["name", "street", "postcode", "city", "capacity", "accessibility"]
    export_filename = "locaties"
    version = CATALOGUE
    download = [
        Cell(_("Name"), lambda venue: venue.name, 30),
        Cell(_("Address"), lambda venue: venue.address, 40),
        Cell(_("Number of people"), lambda venue: venue.capacity, 16, "number"),
        Cell(_("Accessibility"), lambda venue: venue.accessibility, 40),
    ]


class SchoolHolidayIndexView(TeamIndexView):
    """The list says what the table is for."""

    template_name = "trainings/admin/school_holidays.html"


class SchoolHolidayViewSet(TeamViewSet):
    """When schools are closed: days that do not count for deadlines and offers."""

    model = SchoolHoliday
    index_view_class = SchoolHolidayIndexView
    name = "schoolvakanties"
    icon = "date"
    menu_label = _("School holidays")
    menu_order = 50
    menu_hook = TRAININGS.menu_hook
    list_display = ["name", "first_day", "last_day"]
    search_fields = ["name"]
    form_fields = ["name", "first_day", "last_day"]
    export_filename = "schoolvakanties"
    download = [
        Cell(_("Name"), lambda holiday: holiday.name, 30),
        Cell(_("First day"), lambda holiday: holiday.first_day, 14, "date"),
        Cell(_("Last day"), lambda holiday: holiday.last_day, 14, "date"),
    ]
