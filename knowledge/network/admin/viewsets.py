"""Organisations and members: lists with search, filters and a download; what is proposed or requested stands first."""

from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from knowledge.network import duplicates
from knowledge.network.models import Membership, Organisation
from shared.objectives import PULSE
from shared.team_lists import Cell, TeamIndexView, TeamViewSet

from .forms import OrganisationForm, RoleForm

WAITING_FIRST = Case(When(state__in=["proposed", "requested"], then=0), When(state="merged", then=2), default=1)
CURRENT = Q(memberships__state="active")


class StateColumn(Column):
    """The state as a tag; hatched where it does not hold yet, or no more."""

    cell_template_name = "network/admin/state_cell.html"


class PersonColumn(ButtonsColumnMixin, TitleColumn):
    """Who it is, as the link to their role, with the buttons of the row below."""

    def get_buttons(self, instance, parent_context):
        return instance.list_buttons


class ReviewButtons(TeamIndexView):
    """A list whose waiting rows have a button that leads to the decision."""

    waiting_state = ""
    review_url_name = ""
    # Rooms above this one put their own steps beside a row: a function of the row that gives a `Button`, or None.
    buttons_hook = ""

    def get_list_buttons(self, instance):
        buttons = super().get_list_buttons(instance)
        if instance.state == self.waiting_state and self.user_has_permission("change"):
            url = reverse(self.review_url_name, args=[instance.pk])
            buttons.insert(0, Button(gettext("Decide"), url=url, icon_name="help", priority=1, classname="button button-small"))
        if self.user_has_permission("change"):
            buttons += filter(None, (make(instance) for make in hooks.get_hooks(self.buttons_hook)))
        return buttons


class OrganisationList(ReviewButtons):
    """All organisations, with how many people belong to each."""

    waiting_state = Organisation.State.PROPOSED
    review_url_name = "partners:organisation"
    buttons_hook = "register_organisation_button"
    default_ordering = (WAITING_FIRST, "name")

    def get_base_queryset(self):
        return Organisation.objects.select_related("sector", "merged_into").annotate(people=Count("memberships", filter=CURRENT))

    def get_context_data(self, *args, **kwargs):
        """Beside an organisation stands the one that it may be the same as."""
        context = super().get_context_data(*args, **kwargs)
        twins = {pair.gone.pk: pair.stays for pair in duplicates.likely()}
        for organisation in context["object_list"]:
            organisation.looks_like = twins.get(organisation.pk)
        return context


class MembershipList(ReviewButtons):
    """Who belongs where."""

    waiting_state = Membership.State.REQUESTED
    review_url_name = "partners:member"
    buttons_hook = "register_membership_button"
    default_ordering = (WAITING_FIRST, "organisation__name", "user__last_name")

    def get_base_queryset(self):
        return Membership.objects.select_related("organisation", "user")

    def get_context_data(self, *args, **kwargs):
        """A column of our own is not given the view, so each row carries its buttons."""
        context = super().get_context_data(*args, **kwargs)
        for membership in context["object_list"]:
            membership.edit_url = self.get_edit_url(membership)
            membership.list_buttons = self.get_list_buttons(membership)
        return context


class OrganisationViewSet(TeamViewSet):
    """Partners of the team."""

    model = Organisation
    name = "organisaties"
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 10
    menu_hook = PULSE.menu_hook
    index_view_class = OrganisationList
    list_display = [
        "name",
        "sector",
        "city",
        NumberColumn("people", label=_("Members"), sort_key="people"),
        StateColumn("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    ]
    list_filter = ["state", "sector"]
    search_fields = ["name", "city", "notes", "mail_domains__domain"]
    export_filename = "organisaties"
    download = [
        Cell(_("Name"), lambda organisation: organisation.name, 40),
        Cell(_("Sector"), lambda organisation: organisation.sector, 24),
        Cell(_("City"), lambda organisation: organisation.city, 20),
        Cell(_("State"), lambda organisation: organisation.get_state_display(), 14),
        Cell(_("Merged into"), lambda organisation: organisation.merged_into, 40),
        Cell(_("Members"), lambda organisation: organisation.people, 10, "number"),
        Cell(_("Made"), lambda organisation: organisation.created_at, 18, "datetime"),
    ]

    def get_form_class(self, for_update=False):
        return OrganisationForm


class NobodyAdds(ModelPermissionPolicy):
    """Rows come from partners who ask; the team decides on them and changes them."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


class MembershipViewSet(TeamViewSet):
    """Who belongs to which organisation, as a member or as its training coordinator."""

    model = Membership
    name = "leden"
    icon = "user"
    menu_label = _("Members")
    menu_order = 20
    menu_hook = PULSE.menu_hook
    index_view_class = MembershipList
    list_display = [
        PersonColumn("user", label=_("Person"), sort_key="user__last_name", get_url=lambda membership: membership.edit_url),
        "organisation",
        "role",
        StateColumn("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=_("Made"), sort_key="created_at"),
    ]
    list_filter = ["state", "role"]
    search_fields = ["user__first_name", "user__last_name", "user__email", "organisation__name"]
    permission_policy = NobodyAdds(Membership)
    export_filename = "leden"
    download = [
        Cell(_("Person"), lambda membership: membership.user, 30),
        Cell(_("E-mail address"), lambda membership: membership.user.email, 30),
        Cell(_("Organisation"), lambda membership: membership.organisation, 40),
        Cell(_("Role"), lambda membership: membership.get_role_display(), 20),
        Cell(_("State"), lambda membership: membership.get_state_display(), 14),
    ]

    def get_form_class(self, for_update=False):
        return RoleForm
