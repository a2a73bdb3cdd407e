"""Handing over a code, while the referrer is on the phone or at the desk."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render

from casework.access import own_or_404
from casework.referrals import recording
from casework.referrals.refusals import NotYours, Refused

from .frame import not_found
from .methods import fills_in


@fills_in
def hand_out(request, pk):
    """Asks first; then shows the code, once: it is in this answer and nowhere else."""
    referral = own_or_404(pk, by=request.user)
    context: dict = {"referral": referral, "site": urlsplit(settings.PUBLIC_URL).netloc}
    if request.method == "POST":
        try:
            code = recording.hand_out_code(referral, by=request.user, turn=request.POST.get("turn", ""))
            context["groups"] = str(code).split("-")
        except NotYours:
            return not_found(request)
        except Refused as refusal:
            context["refusal"] = refusal.message
    context["turn"] = recording.turn_of(referral)
    return render(request, "casework/code.html", context)
