"""Deciding on what partners ask: a new organisation, or to belong to one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.network import membership as verbs
from knowledge.network.duplicates import looks_like
from knowledge.network.models import Membership, Organisation
from shared.team_screens import only_with, screen

from .forms import RefusalForm


@only_with("network.change_organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request, pk):
    """Confirm a proposed organisation, or refuse it and say why."""
    found = get_object_or_404(Organisation.objects.to_confirm().select_related("sector", "proposed_by"), pk=pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "refuse" in request.POST:
            verbs.refuse(found, by=request.user, reason=form.cleaned_data["reason"])
        else:
            verbs.confirm(found, by=request.user)
        return _decided(request, found, "organisaties:index")
    alike = [other for other in looks_like(found.name) if other != found]
    asking = found.memberships.to_confirm().select_related("user")
    context = {"organisation": found, "form": form, "alike": alike, "asking": asking}
    path = [(_("Organisations"), reverse("organisaties:index"))]
    return screen(request, "network/admin/organisation.html", found.name, context, path=path, icon="group")


@only_with("network.change_membership")
@require_http_methods(["GET", "HEAD", "POST"])
def member(request, pk):
    """Confirm that somebody belongs to an organisation, or refuse and say why."""
    found = get_object_or_404(Membership.objects.to_confirm().select_related("user", "organisation__sector"), pk=pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "refuse" in request.POST:
            verbs.refuse_member(found, by=request.user, reason=form.cleaned_data["reason"])
        else:
            verbs.confirm_member(found, by=request.user)
        return _decided(request, found, "leden:index")
    path = [(_("Members"), reverse("leden:index"))]
    context = {"membership": found, "form": form}
    return screen(request, "network/admin/member.html", str(found.user), context, path=path, icon="user")


def _decided(request, found, where: str):
    state = found.get_state_display()
    messages.success(request, _("%(name)s: %(state)s. A mail says so.") % {"name": found, "state": state})
    return redirect(where)
