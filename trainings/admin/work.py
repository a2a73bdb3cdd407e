"""What waits for the organisers today, for the team's dashboard."""

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext, ngettext_lazy

from shared.objectives import Work
from trainings.access import may_organise
from trainings.models import Session

from .filters import SessionFilterSet
from .messages import unsent_for_the_team

THIS_WEEK = ngettext_lazy("session this week", "sessions this week")
TO_APPROVE = ngettext_lazy("session with bookings to approve", "sessions with bookings to approve")
NAMES_DUE = ngettext_lazy("session with names due within a week", "sessions with names due within a week")
WITHOUT_TRAINER = ngettext_lazy("session without trainer", "sessions without trainer")
WAITED_FOR = ngettext_lazy("session with a waiting list", "sessions with a waiting list")
TO_CLOSE = ngettext_lazy("session to close", "sessions to close")
DRAFTS = ngettext_lazy("draft to publish", "drafts to publish")


def work(request) -> list[Work]:
    """Each line leads to the list that it counts."""
    if not may_organise(request.user):
        return []
    published = {"toestand": "published", "wanneer": "komend"}
    to_come = {"toestand": ["draft", "published"], "wanneer": "komend"}
    return [
        _line(request, THIS_WEEK, toestand="published", wanneer="week"),
        _line(request, TO_APPROVE, **published, goed_te_keuren="true"),
        _line(request, NAMES_DUE, **published, namen_ontbreken="true"),
        _line(request, WITHOUT_TRAINER, **to_come, zonder_lesgever="true"),
        _line(request, WAITED_FOR, **published, wachtlijst="true"),
        _line(request, TO_CLOSE, toestand="published", wanneer="voorbij"),
        _line(request, DRAFTS, toestand="draft", wanneer="komend"),
        _left_to_do(request),
        _unsent(),
    ]


def _left_to_do(request) -> Work:
    """The sessions that the list shows, with how many things they have to do together."""
    sessions, url = _chosen(request, te_doen="true")
    found = sessions.aggregate(number=Count("pk"), things=Coalesce(Sum("to_do"), 0))
    label = ngettext("session with something to do", "sessions with something to do", found["number"])
    things = ngettext("%(n)s thing", "%(n)s things", found["things"]) % {"n": found["things"]}
    return Work(f"{label} ({things})", found["number"], url)


def _unsent() -> Work:
    number = unsent_for_the_team().count()
    return Work(ngettext("message that did not leave", "messages that did not leave", number), number, reverse("organise:unsent"))


def _line(request, label, **chosen) -> Work:
    sessions, url = _chosen(request, **chosen)
    number = sessions.count()
    return Work(label % number, number, url)


def _chosen(request, **chosen):
    # Counted by the filters of the list itself, so that the number and the list cannot differ.
    query = urlencode(chosen, doseq=True)
    filters = SessionFilterSet(QueryDict(query), queryset=Session.objects.all(), request=request)
    return filters.qs, f"{reverse('organise:sessions')}?{query}"
