"""Organisations that are in the list twice, merged by the team; and members who leave, with who takes their bookings over.

The addresses are `urlpatterns`, in the namespace `partners_merging`; the admin includes them below `organisaties-samenvoegen/`.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.widgets.button import Button

from knowledge.network import duplicates
from knowledge.network.merging import refuse_merging
from knowledge.network.models import Membership, Organisation
from knowledge.network.refusals import CannotMerge
from shared.objectives import Work
from shared.team_screens import only_with
from trainings.forms.leaving import LeaveForm
from trainings.organisations.handing_over import to_hand_over
from trainings.organisations.merging import merge_organisations, what_moves

from .forms.partners import MergeForm
from .frame import screen

MAY_MERGE, MAY_END = "network.change_organisation", "network.change_membership"


@only_with(MAY_MERGE)
@require_safe
def choose(request):
    """Which two? Those that look the same are suggested."""
    form = MergeForm(request.GET if "stays" in request.GET else None, initial={"gone": request.GET.get("gone")})
    if form.is_valid():
        return redirect("partners_merging:merge", form.cleaned_data["gone"].pk, form.cleaned_data["stays"].pk)
    context = {"form": form, "likely": duplicates.likely()}
    return screen(request, "merge_choose.html", _("Merge organisations"), context, path=_path(), icon="group")


@only_with(MAY_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, gone, stays):
    """What would move, and then the button that does it."""
    rows = Organisation.objects.select_related("sector")
    goes, remains = get_object_or_404(rows, pk=gone), get_object_or_404(rows, pk=stays)
    try:
        if request.method == "POST":
            merge_organisations(goes, remains, by=request.user)
            names = {"gone": goes.name, "stays": remains.name}
            messages.success(request, _("%(gone)s went up in %(stays)s. A mail tells the members.") % names)
            return redirect("organisaties:index")
        refuse_merging(goes, remains)
    except CannotMerge as refusal:
        messages.error(request, refusal.sentence)
        return redirect("partners_merging:choose")
    context = {"gone": goes, "stays": remains, "moves": what_moves(goes, remains), "may_swap": _may_swap(goes)}
    way = [*_path(), (_("Merge organisations"), reverse("partners_merging:choose"))]
    return screen(request, "merge.html", _("What moves"), context, path=way, icon="group")


@only_with(MAY_END)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, pk):
    """Somebody works there no longer: who takes the bookings over?"""
    found = get_object_or_404(Membership.objects.active().select_related("user", "organisation"), pk=pk)
    bookings = to_hand_over(found.organisation, found.user)
    facts = {"organisation": found.organisation, "person": found.user, "membership": found, "has_bookings": bool(bookings)}
    form = LeaveForm(request.POST if request.method == "POST" else None, **facts)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, _("%(name)s: ended. A mail says so.") % {"name": found})
        return redirect("leden:index")
    way = [(_("Members"), reverse("leden:index"))]
    context = {"membership": found, "bookings": bookings, "form": form}
    return screen(request, "leave.html", _("Works there no longer"), context, path=way, icon="user")


def merge_button(organisation: Organisation) -> Button | None:
    """Beside each organisation that can still be merged."""
    if organisation.state == Organisation.State.MERGED:
        return None
    url = f"{reverse('partners_merging:choose')}?gone={organisation.pk}"
    return Button(gettext_lazy("Merge"), url=url, icon_name="resubmit", priority=30)


def leave_button(membership: Membership) -> Button | None:
    """Beside each member."""
    if membership.state != Membership.State.ACTIVE:
        return None
    url = reverse("partners_merging:leave", args=[membership.pk])
    return Button(gettext_lazy("Works there no longer"), url=url, icon_name="logout", priority=30)


def double_organisations(request) -> list[Work]:
    """How many pairs look the same."""
    if not request.user.has_perm(MAY_MERGE):
        return []
    number = len(duplicates.likely())
    label = ngettext("organisation that may be in the list twice", "organisations that may be in the list twice", number)
    return [Work(label, number, reverse("partners_merging:choose"))]


def _may_swap(gone: Organisation) -> bool:
    return gone.state == Organisation.State.CONFIRMED


def _path() -> list[tuple[str, str]]:
    return [(_("Organisations"), reverse("organisaties:index"))]


app_name = "partners_merging"
urlpatterns = [
    path("", choose, name="choose"),
    path("<int:gone>/<int:stays>/", merge, name="merge"),
    path("vertrek/<int:pk>/", leave, name="leave"),
]
