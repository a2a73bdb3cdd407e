"""What a second person decides: an invitation, a new sign-in, other roles."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from casework.entrance import invitations
from casework.entrance.refusals import Refused
from casework.entrance.step_up import stepped_up
from casework.models import Invitation, Role

from .methods import fills_in, only_sent_to
from .only_for import only_for

approvers_only = only_for(Role.Kind.ADMINISTRATOR, Role.Kind.CASE_MANAGER)


@approvers_only
@stepped_up
@fills_in
def decide(request, pk):
    """Approves or refuses; who proposed it, and whom it is about, can't."""
    if mine := Invitation.objects.usable().filter(pk=pk, approved_by=request.user).first():
        return render(request, "casework/access/approved.html", {"proposal": mine})
    proposal = get_object_or_404(_decidable(request), pk=pk)
    if request.method == "POST":
        try:
            return _decided(request, proposal)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    return render(request, "casework/access/decide.html", {"proposal": proposal})


def _decidable(request):
    return Invitation.objects.decidable_by(request.user).select_related("proposed_by", "account")


def _decided(request, proposal):
    match request.POST.get("decision"):
        case "approve":
            invitation, half = invitations.approve(proposal.pk, by=request.user)
        case "refuse":
            invitation, half = invitations.refuse(proposal.pk, by=request.user), ""
        case _unknown:
            raise Http404
    if half:
        return render(request, "casework/access/half.html", {"invitation": invitation, "half": half, "number": 2})
    messages.success(request, _("Recorded."))
    return redirect("casework:my-work")


@only_for(Role.Kind.ADMINISTRATOR)
@only_sent_to
def withdraw(request, pk):
    """Takes a proposal back; its code no longer counts."""
    get_object_or_404(Invitation, pk=pk)
    try:
        invitations.withdraw(pk, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Taken back."))
    return redirect("casework:accounts")
