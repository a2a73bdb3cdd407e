"""`/mijn/gegevens/`: what we keep about you, as a page and as a file, and having it removed."""

import time

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.second_factor import needs_second_factor
from people.signin import with_next
from shared.kept_answers import HOUR, for_visitors
from trainings.privacy import personal

from . import removal
from .facts import as_file, own_data
from .forms import RemoveForm
from .readable import sections


@never_cache
@login_required
@require_safe
def index(request):
    """What we keep, in plain words and lists."""
    context = {"data": own_data(request.user), "days": settings.PERSONAL_DATA_DAYS}
    return render(request, "website/own/index.html", context)


@never_cache
@login_required
@require_safe
def readable(request):
    """All of it on one page to read and to print: the rows of the file, in words."""
    crumbs = [{"url": reverse("website:own-data"), "title": _("My data")}]
    context = {"sections": sections(as_file(own_data(request.user))), "day": timezone.now(), "crumbs": crumbs}
    return render(request, "website/own/readable.html", context)


@never_cache
@login_required
@require_safe
def export(request):
    """All of it in one file."""
    response = JsonResponse(as_file(own_data(request.user)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request):
    """What removing means, asked of who just proved to be the owner; then done, and signed out."""
    if not get_reauthentication_flows(request.user) and not _signed_in_just_now(request):
        return _sign_in_again(request)
    return _remove(request)


@reauthentication_required(allow_get=False)
def _remove(request):
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            removal.remove_somebody(request.user.email, by=request.user)
        except (removal.WorksForTheTeam, personal.OthersStillCome):
            pass  # the page says so
        else:
            logout(request)
            return redirect("website:own-data-removed")
    context = {
        "form": form,
        "is_team": needs_second_factor(request.user),
        "to_hand_over": personal.to_hand_over(request.user),
        "left_alone": removal.without_coordinator(request.user),
        "coming": personal.upcoming_seats(request.user.email),
    }
    return render(request, "website/own/remove.html", context)


@require_safe
@for_visitors("site", every=HOUR)
def removed(request):
    """It is done; the same page for everybody, so that it tells nothing about anybody."""
    return render(request, "website/own/removed.html")


def _signed_in_just_now(request) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


def _sign_in_again(request):
    # An account without a password or an app proves itself with a code by mail: that is what signing in is.
    logout(request)
    messages.info(request, _("Sign in once more first, so that we know that it is you."))
    return redirect(with_next("account_login", reverse("website:own-data-remove")))
