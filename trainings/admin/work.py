"""What waits for the organisers today, for the team's dashboard."""

from django.db.models import Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shared.objectives import Work
from trainings.access import may_organise
from trainings.models import Session

from .filters import SessionFilterSet
from .messages import unsent_for_the_team


def work(request) -> list[Work]:
    """Each line leads to the list that it counts."""
    if not may_organise(request.user):
        return []
    published = {"toestand": "published", "wanneer": "komend"}
    to_come = {"toestand": ["draft", "published"], "wanneer": "komend"}
    return [
        _line(request, _("sessions this week"), toestand="published", wanneer="week"),
        _line(request, _("sessions with bookings to approve"), **published, goed_te_keuren="true"),
        _line(request, _("sessions with names due within a week"), **published, namen_ontbreken="true"),
        _line(request, _("sessions without trainer"), **to_come, zonder_lesgever="true"),
        _line(request, _("sessions with a waiting list"), **published, wachtlijst="true"),
        _line(request, _("sessions to close"), toestand="published", wanneer="voorbij"),
        _line(request, _("drafts to publish"), toestand="draft", wanneer="komend"),
        _left_to_do(request),
        Work(_("messages that did not leave"), unsent_for_the_team().count(), reverse("organise:unsent")),
    ]


def _left_to_do(request) -> Work:
    """All things to do of all sessions together: the sum of the numbers in the list."""
    sessions, url = _chosen(request, te_doen="true")
    return Work(_("things left to do for sessions"), sessions.aggregate(all=Sum("to_do"))["all"] or 0, url)


def _line(request, label: str, **chosen) -> Work:
    sessions, url = _chosen(request, **chosen)
    return Work(label, sessions.count(), url)


def _chosen(request, **chosen):
    # Counted by the filters of the list itself, so that the number and the list cannot differ.
    query = urlencode(chosen, doseq=True)
    filters = SessionFilterSet(QueryDict(query), queryset=Session.objects.all(), request=request)
    return filters.qs, f"{reverse('organise:sessions')}?{query}"
