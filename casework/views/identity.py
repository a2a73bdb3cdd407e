"""The two closed parts of a referral: who referred it, and who it is about. Opening either is a look of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import open_referral, own_or_404
from casework.models import Referrer, SubjectIdentity
from casework.referrals import identity, reading
from casework.referrals.forms import OfferForm, SaidForm
from casework.referrals.refusals import NotYours, Refused

from .frame import not_found
from .methods import fills_in, only_sent_to
from .steps import step


@require_safe
def referrer(request, pk):
    """Who referred, as far as they said (compartment B)."""
    referral = open_referral(pk, by=request.user, part="referrer")
    found = Referrer.objects.filter(referral=referral).first()
    return render(request, "casework/referrer.html", {"referral": referral, "lines": reading.who(found.identity) if found else []})


@require_safe
def subject(request, pk):
    """Who the person of concern is (compartment C)."""
    referral = open_referral(pk, by=request.user, part="subject")
    found = SubjectIdentity.objects.filter(referral=referral).select_related("recorded_by").first()
    lines = reading.who(found.identity) if found else []
    return render(request, "casework/subject.html", {"referral": referral, "subject": found, "lines": lines})


@only_sent_to
def hold(request, pk):
    """Keeps what was offered."""
    referral = own_or_404(pk, by=request.user)
    try:
        identity.hold_identity(referral, by=request.user)
        messages.success(request, _("The identity is kept in its closed part."))
    except NotYours:
        return not_found(request)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("casework:referral", pk=pk)


@fills_in
def offer(request, pk):
    """The identity in the referrer's words, by phone, during a visit or by mail (I2)."""

    def keep(referral, form):
        said = {name: form.cleaned_data[name] for name in ("day", "means")}
        identity.offer_identity(referral, form.identity, **said, by=request.user)

    return step(
        request,
        pk,
        form=lambda referral, data: OfferForm(data),
        verb=keep,
        title=_("The referrer gives the identity"),
        button=_("Keep it in its closed part"),
        done=_("The identity is in its closed part."),
        lead=_("Only the referrer decides on this. Note when and how the referrer said so."),
    )


@fills_in
def take_back(request, pk):
    """The referrer takes the identity back."""
    return step(
        request,
        pk,
        form=lambda referral, data: SaidForm(data),
        verb=lambda referral, form: identity.withdraw_identity(referral, **form.cleaned_data, by=request.user),
        title=_("The referrer takes the identity back"),
        button=_("Empty the identity"),
        done=_("The identity is emptied."),
        lead=_("The closed part is emptied at once. This can't be undone."),
        danger=True,
    )
