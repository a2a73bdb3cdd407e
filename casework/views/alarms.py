"""Alarms, and how what watches over casework is doing: for administrators and data protection officers."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from casework.access import has_role
from casework.log import checking
from casework.models import Alarm
from casework.referrals import pull_state
from casework.watching import alarms, canary

from .methods import only_sent_to

PAGE = 50


@require_safe
def index(request):
    """What is wrong now, what was, and when each of the watches last had good news."""
    _only_watchers(request)
    page = Paginator(Alarm.objects.select_related("acknowledged_by").order_by("-last_seen", "-pk"), PAGE)
    found = page.get_page(request.GET.get("page"))
    state = {"pull": pull_state.state(), "canary": canary.last(), "check": checking.state()}
    return render(request, "casework/alarms.html", state | {"page": found, "alarms": alarms.with_names(found)})


@only_sent_to
def acknowledge(request, pk):
    """Somebody saw to it."""
    _only_watchers(request)
    alarms.acknowledge(get_object_or_404(Alarm, pk=pk), by=request.user)
    return redirect("casework:alarms")


def _only_watchers(request) -> None:
    if not has_role(request.user, *alarms.WATCHERS):
        raise Http404
