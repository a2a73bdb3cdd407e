"""The list of referrals, taking one, looking up a name, and who stands in."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import held_by
from casework.entrance.drafts import form_of
from casework.models import Deputy, Referral, Role
from casework.referrals import alerts, looking_up, taking
from casework.referrals.forms import DeputyForm, LookUpForm
from casework.referrals.reading import outline
from casework.referrals.refusals import AlreadyTaken, Refused

from .methods import fills_in, only_sent_to
from .only_for import only_for


@only_for(Role.Kind.CASE_MANAGER)
@require_safe
def referrals(request):
    """What waits for a case manager, with day and sector only, and what is one's own."""
    own = held_by(request.user)
    return render(request, "casework/referrals.html", {
        "unassigned": rows(Referral.objects.unassigned()),
        "open": rows(sorted((each for each in own if each.is_open), key=by_urgency)),
        "closed": rows(sorted((each for each in own if not each.is_open), key=lambda each: each.changed_on, reverse=True)),
    })  # fmt: skip


def rows(found) -> list[dict]:
    """Referrals with what a list may say of them."""
    return [{"referral": referral, "outline": outline(referral)} for referral in found]


def by_urgency(referral: Referral):
    """What is new first, then by the day on which an answer is due."""
    return (not referral.has_news, referral.answer_due or date.max, referral.day)


@only_for(Role.Kind.CASE_MANAGER)
@only_sent_to
def take(request, pk):
    """Makes who clicks its case manager."""
    referral = Referral.objects.unassigned().filter(pk=pk).first()
    try:
        if referral is None:
            raise AlreadyTaken  # or never there: both are answered alike
        taking.take_referral(referral, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("casework:referrals")
    messages.success(request, _("You are the case manager of this referral now."))
    return redirect("casework:referral", pk=pk)


@only_for(Role.Kind.CASE_MANAGER)
@fills_in
def look_up(request):
    """A name among one's own referrals; sent by POST, so that it stands in no address."""
    form, hits = form_of(request, LookUpForm), None
    if request.method == "POST" and form.is_valid():
        hits = [
            {"hit": hit, "outline": outline(hit.referral)} for hit in looking_up.look_up(form.cleaned_data["name"], by=request.user)
        ]
    return render(request, "casework/look_up.html", {"form": form, "hits": hits})


@only_for(Role.Kind.CASE_MANAGER)
@fills_in
def deputy(request):
    """Who gets the alerts as well."""
    named = Deputy.objects.filter(user=request.user).values_list("deputy", flat=True).first()
    form = form_of(request, lambda data: DeputyForm(data, user=request.user, initial={"deputy": str(named or "")}))
    if request.method == "POST" and form.is_valid():
        alerts.choose_deputy(request.user, form.colleague)
        told = _("From now on the mails go there too.") if form.colleague else _("From now on the mails go to you alone.")
        messages.success(request, told)
        return redirect("casework:referrals")
    return render(request, "casework/deputy.html", {"form": form})
