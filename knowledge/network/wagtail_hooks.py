"""Organisations and their members in the team's admin, and what waits for a decision."""

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from shared.objectives import PULSE, Work

from .admin.viewsets import MembershipViewSet, OrganisationViewSet
from .models import Membership, Organisation


@hooks.register("register_admin_viewset")
def viewsets():
    return [OrganisationViewSet(), MembershipViewSet()]


@hooks.register("register_admin_urls")
def decision_urls():
    return [path("beslissen/", include("knowledge.network.admin.urls"))]


@hooks.register(PULSE.work_hook)
def decisions(request) -> list[Work]:
    """How many organisations and members wait."""
    if not request.user.has_perm("network.change_organisation"):
        return []
    organisations, members = reverse("organisaties:index"), reverse("leden:index")
    return [
        Work(_("organisations to confirm"), Organisation.objects.to_confirm().count(), f"{organisations}?state=proposed"),
        Work(_("members to confirm"), Membership.objects.to_confirm().count(), f"{members}?state=requested"),
    ]
