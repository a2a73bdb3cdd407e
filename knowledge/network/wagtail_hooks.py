"""Organisations and their members in the team's admin, and what waits for a decision."""

from django.urls import include, path, reverse
from django.utils.translation import ngettext
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
    proposed, requested = Organisation.objects.to_confirm().count(), Membership.objects.to_confirm().count()
    organisations = ngettext("organisation to confirm", "organisations to confirm", proposed)
    members = ngettext("member to confirm", "members to confirm", requested)
    return [
        Work(organisations, proposed, f"{reverse('organisaties:index')}?state=proposed"),
        Work(members, requested, f"{reverse('leden:index')}?state=requested"),
    ]
