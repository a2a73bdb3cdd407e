"""Saying who one is, choosing one's organisation, and leaving it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import NameForm
from people.signin import safe_next, with_next

from . import membership
from .forms import ProposeForm, SearchForm
from .models import Membership, Organisation
from .refusals import NetworkRefused

AT_MOST = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request):
    """Who are you? Then: where do you work?"""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(with_next("network:mine", safe_next(request)))
    return render(request, "network/welcome.html", {"form": form, "next": safe_next(request)})


@never_cache
@login_required
@require_safe
def mine(request):
    """One's organisations with their state; who has none looks one up here."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["zoek"] if form.is_valid() else ""
    own = request.user.memberships.select_related("organisation").shown().order_by("-created_at")
    others = Organisation.objects.confirmed().exclude(memberships__in=own.current())
    found = list(others.matching(words).select_related("sector")[: AT_MOST + 1]) if words else []
    context = {
        "memberships": own,
        "trusting": others.trusting(request.user),
        "form": form,
        "words": words,
        "found": found[:AT_MOST],
        "more": len(found) > AT_MOST,
        "next": safe_next(request),
        "onward": safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL),
    }
    return render(request, "network/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """An organisation that is not in the list."""
    form = ProposeForm(request.POST or None, initial={"name": request.GET.get("naam", "")[:160]})
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("name", "sector", "city")}
        return _joined(request, membership.propose(**chosen, by=request.user))
    return render(request, "network/propose.html", {"form": form, "next": safe_next(request)})


@login_required
@require_POST
def join(request, pk):
    """One works here."""
    known = Q(state=Organisation.State.CONFIRMED) | Q(memberships__user=request.user)
    organisation = get_object_or_404(Organisation.objects.standing().filter(known).distinct(), pk=pk)
    return _joined(request, membership.join(organisation, by=request.user))


@login_required
@require_POST
def leave(request, pk):
    """One does not, or no longer, work here."""
    own = get_object_or_404(request.user.memberships.current().select_related("organisation"), organisation__pk=pk)
    try:
        membership.leave(own, by=request.user)
    except NetworkRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("You no longer belong to %(name)s.") % {"name": own.organisation})
    return redirect("network:mine")


def _joined(request, made: Membership):
    name = {"name": made.organisation}
    if made.state == Membership.State.ACTIVE:
        messages.success(request, _("You belong to %(name)s.") % name)
    else:
        messages.success(request, _("We asked the team to confirm that you belong to %(name)s. You can go on meanwhile.") % name)
    return redirect(safe_next(request) or "network:mine")
