"""The log, for the data protection officer only: each look at it is on record before anything is shown."""

from functools import wraps
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from casework.access import has_role
from casework.entrance import seals
from casework.log import accepting, audit, checking
from casework.log import reading as log_reading
from casework.log.anchors import spaced
from casework.log.forms import LogFilter, WhoLookedForm, is_known
from casework.models import AuditEvent, Grant, Referral, Role
from exchange.models import AuditAnchor

PAGE = 50
ANCHORS = 31


def for_officers(view):
    """A page that reads; for everybody else it is not there."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not has_role(request.user, Role.Kind.DPO):
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(asked)


@for_officers
def index(request):
    """All events, the newest first."""
    form = LogFilter(request.GET or {})
    audit.record("read_log", by=request.user, **form.codes())
    page = Paginator(form.chosen(), PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: request.GET[name] for name in form.fields if request.GET.get(name)})
    context = {"form": form, "page": page, "lines": log_reading.lines(page), "query": query, "page_query": query and f"{query}&"}
    return render(request, "casework/log/index.html", context)


@for_officers
def ask(request):
    """Which referral it is about."""
    form = WhoLookedForm(request.GET or None)
    if form.is_valid():
        return redirect("casework:who-looked", form.cleaned_data["aanmelding"])
    return render(request, "casework/log/ask.html", {"form": form})


@for_officers
def who_looked(request, pk):
    """Who opened this referral, when and how often, and whatever else is on record about it; nothing of what it says."""
    if not is_known(pk):
        raise Http404
    referral = Referral.objects.filter(pk=pk).only("pk", "reference").first() or Referral(pk=pk, reference="")
    audit.record("read_who_looked", by=request.user, about=referral)
    events = AuditEvent.objects.filter(kind="referral", object=str(pk)).order_by("-number")
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    grants = Grant.objects.filter(referral_id=pk).select_related("user", "by").order_by("-begun_at")
    context = {"referral": referral, "lookers": log_reading.who_looked(pk), "page": page, "lines": log_reading.lines(page)}
    return render(request, "casework/log/who_looked.html", context | {"grants": with_seals(grants)})


@for_officers
def grants(request):
    """Who may open which referral, now and in the past."""
    audit.record("read_grants", by=request.user)
    found = Grant.objects.select_related("user", "by", "referral").order_by(F("ended_at").desc(nulls_first=True), "-begun_at", "pk")
    page = Paginator(found.defer("referral__words", "referral__outline"), PAGE).get_page(request.GET.get("page"))
    return render(request, "casework/log/grants.html", {"page": page, "grants": with_seals(page)})


@for_officers
def chain(request):
    """Whether the log is whole, and its anchors, to be compared and printed."""
    audit.record("read_chain", by=request.user)
    anchors = [(anchor, spaced(anchor.mac)) for anchor in AuditAnchor.objects.order_by("-event")[:ANCHORS]]
    head = AuditEvent.objects.order_by("-number").first()
    context = {
        "check": checking.state(),
        "losses": accepting.accepted(),
        "anchors": anchors,
        "head": head,
        "head_mac": spaced(head.mac) if head else "",
    }
    return render(request, "casework/log/chain.html", context)


def with_seals(found) -> list[tuple[Grant, bool]]:
    """Each of these grants, and whether its seal holds."""
    return [(grant, seals.grant_holds(grant)) for grant in found]
