"""Handing a referral to a colleague, and taking one over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from casework.access import own_or_404
from casework.entrance.drafts import form_of
from casework.entrance.step_up import stepped_up
from casework.models import Handover, Role
from casework.referrals import handing
from casework.referrals.forms import ColleagueForm
from casework.referrals.refusals import NotYours, Refused

from .frame import not_found
from .methods import fills_in, only_sent_to
from .only_for import only_for

ANSWERS = {"aannemen": handing.accept_handover, "weigeren": handing.decline_handover}


@stepped_up
@fills_in
def hand_over(request, pk):
    """Asks a colleague, or hands over at once: two buttons of one form."""
    referral = own_or_404(pk, by=request.user)
    form = form_of(request, lambda data: ColleagueForm(data, user=request.user))
    if request.method == "POST" and form.is_valid():
        at_once = "at_once" in request.POST
        verb = handing.hand_over if at_once else handing.ask_colleague
        try:
            verb(referral, to=form.colleague, note=form.cleaned_data["note"], by=request.user)
        except NotYours:
            return not_found(request)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _handed(request, pk, at_once)
    return render(request, "casework/hand_over.html", {"referral": referral, "form": form})


def _handed(request, pk, at_once: bool):
    if at_once:
        messages.success(request, _("The referral is handed over. You can't open it any more."))
        return redirect("casework:referrals")
    messages.success(request, _("Your colleague is asked. Until there is an answer you stay the case manager."))
    return redirect("casework:referral", pk=pk)


@only_sent_to
def stop(request, pk):
    """Takes the question back."""
    referral = own_or_404(pk, by=request.user)
    try:
        handing.stop_asking(referral, by=request.user)
        messages.success(request, _("Your colleague is no longer asked."))
    except NotYours:
        return not_found(request)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("casework:referral", pk=pk)


@only_for(Role.Kind.CASE_MANAGER)
@only_sent_to
def answered(request, pk, answer):
    """The receiver takes over, or does not."""
    if answer not in ANSWERS:
        raise Http404
    handover = get_object_or_404(Handover, pk=pk, receiver=request.user)
    try:
        handover = ANSWERS[answer](handover, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("casework:my-work")
    if handover.state == Handover.State.ACCEPTED:
        return redirect("casework:referral", pk=handover.referral_id)
    messages.success(request, _("Your colleague stays the case manager."))
    return redirect("casework:my-work")
