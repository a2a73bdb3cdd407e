"""A training coordinator's view of who belongs to the organisation, and what happened to them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .access import coordinated_by, members_managed_by
from .forms_members import CONFIRM, COORDINATOR, MEMBER, REFUSE, MemberForm
from .models import Membership, Organisation

LATEST = 30
DONE = {
    CONFIRM: gettext_lazy("%(name)s belongs to your organisation now, and gets a mail."),
    REFUSE: gettext_lazy("%(name)s does not belong to your organisation, and gets a mail."),
    COORDINATOR: gettext_lazy("%(name)s coordinates the trainings too, and gets a mail."),
    MEMBER: gettext_lazy("%(name)s coordinates the trainings no longer."),
}


@never_cache
@login_required
@require_safe
def members(request, pk):
    """Who asks to join, who belongs here, and what was decided."""
    organisation = get_object_or_404(coordinated_by(request.user), pk=pk)
    people = list(organisation.memberships.current().select_related("user").by_name())
    context = {
        "organisation": organisation,
        "asking": [one for one in people if one.state == Membership.State.REQUESTED],
        "members": [one for one in people if one.state == Membership.State.ACTIVE],
        "coordinators": sum(one.is_coordinator for one in people),
        "events": organisation.events.select_related("person", "by").prefetch_related("by__groups")[:LATEST],
        "crumbs": _crumbs(),
    }
    return render(request, "network/members.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request, pk):
    """One of them: confirm or refuse who asks, make a member coordinator, or take that back."""
    found = get_object_or_404(members_managed_by(request.user).current().select_related("user", "organisation"), pk=pk)
    form = MemberForm(request.POST if request.method == "POST" else None, member=found)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, DONE[form.cleaned_data["decision"]] % {"name": found.user})
        return redirect(_back(request.user, found.organisation))
    crumbs = [*_crumbs(), {"url": reverse("network:members", args=[found.organisation_id]), "title": found.organisation.name}]
    return render(request, "network/member.html", {"member": found, "form": form, "crumbs": crumbs})


def _back(user, organisation: Organisation) -> str:
    # Who takes the role back from oneself has nothing to see there any more.
    still = coordinated_by(user).filter(pk=organisation.pk).exists()
    return reverse("network:members", args=[organisation.pk]) if still else reverse("network:mine")


def _crumbs() -> list[dict]:
    return [{"url": reverse("network:mine"), "title": _("My organisation")}]
