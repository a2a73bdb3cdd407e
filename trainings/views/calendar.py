"""The calendar as a month to look at, and as files to subscribe to or to put into one's own."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shared.kept_answers import HOUR, for_visitors
from trainings.calendars import feeds
from trainings.catalogue import criteria, panel, snapshot
from trainings.catalogue.facets import MONTH
from trainings.catalogue.month import Month, asked_month, entries, nearest_other, weeks
from trainings.models import Session

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@for_visitors("catalogue", "site")
def month(request):
    """A month as a grid and as a list, filtered as the catalogue is."""
    now, today = snapshot.current(request), timezone.localdate()
    asked = criteria.read(request.GET, now)
    shown = asked_month(asked, today, now)
    asked = asked.without_dates()
    rows, found = entries(shown, now, asked)
    around = [Month(shown.before), Month(shown.after)]
    context = {
        "month": shown,
        "today": today,
        "rows": rows,
        "weeks": weeks(shown, rows, today),
        "before": _leaf(around[0], asked, today),
        "after": _leaf(around[1], asked, today),
        "criteria": asked,
        "groups": panel.groups(now, asked, found, leave_out=[MONTH]),
        "seats": panel.seats_box(asked, found),
        "chips": panel.chips(now, asked),
        "elsewhere": None if rows else _elsewhere(shown, now, asked),
        "subscribe": subscription(asked),
        "address": reverse("trainings:calendar"),
    }
    return render(request, "trainings/calendar.html", context)


def _leaf(to: Month, asked, today) -> dict | None:
    return {"first": to.first, "query": asked.with_month(to.name).query} if to.within_reach(today) else None


def _elsewhere(shown: Month, now, asked) -> dict | None:
    other = nearest_other(shown, now, asked)
    return {"starts_at": other.starts_at, "query": asked.with_month(other.month).query} if other else None


def subscription(asked) -> str:
    """The address that a calendar program subscribes to, with the same filters."""
    address = f"{settings.SITE_URL}{reverse('trainings:calendar-feed')}"
    return feeds.webcal(f"{address}{'?' if asked.query else ''}{asked.query}")


@require_safe
@for_visitors("catalogue", "site", every=HOUR)
def feed(request):
    """The public calendar, filtered as the page is; who has it already is told so after one query."""
    now = snapshot.current(request)
    return HttpResponse(feeds.calendar_feed(now, criteria.read(request.GET, now)), content_type=CALENDAR)


@require_safe
@for_visitors("catalogue", "site", every=HOUR)
def training_agenda(request, slug):
    """The dates of one training."""
    page = get_object_or_404(snapshot.published(), slug=slug)
    return _file(feeds.agenda(Session.objects.listed().filter(training=page)), page.slug)


@require_safe
@for_visitors("catalogue", "site", every=HOUR)
def session_agenda(request, code):
    """One session, also one that is not in the calendar: who has its address may see when it is."""
    sessions = Session.objects.published().filter(code__iexact=code, training__in=snapshot.published())
    if not sessions.exists():
        raise Http404
    return _file(feeds.agenda(sessions), code.lower())


def _file(contents: bytes, name: str) -> HttpResponse:
    response = HttpResponse(contents, content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
