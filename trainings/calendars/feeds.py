"""What others subscribe to: the public calendar, one training's or session's dates, and the news."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shared import calendar
from trainings.catalogue import snapshot
from trainings.catalogue.criteria import Criteria
from trainings.catalogue.results import find
from trainings.models import DayPart, HistoryEntry, Session, TrainingPage

from .invitations import session_events

REMEMBERED = timedelta(days=366)
MOST_NEWS = 30
CHANGES = [HistoryEntry.Verb.CHANGED, HistoryEntry.Verb.SESSION_CANCELLED]


def calendar_feed(now: snapshot.Snapshot, asked: Criteria) -> bytes:
    """The sessions of the past year and all to come that fit; a cancelled one stays, so that calendars strike it out."""
    fitting = find(now, replace(asked.without_dates(), with_seats=False)).found
    sessions = Session.objects.listed().filter(training__in=[result.training.pk for result in fitting])
    if asked.with_seats:
        open_ones = [session.pk for result in find(now, asked).found for session in result.sessions]
        sessions = sessions.filter(Q(pk__in=open_ones) | Q(state=Session.State.CANCELLED))
    name = f"{settings.WAGTAIL_SITE_NAME} – " + _("Trainings")
    return calendar.feed(name, [event for event in events(sessions) if _fits(event, asked)])


def agenda(sessions) -> bytes:
    """A file with these sessions."""
    return calendar.download(events(sessions))


def _fits(event: calendar.Event, asked: Criteria) -> bool:
    day = timezone.localdate(event.starts_at)
    months = asked.chosen.get("maand")
    return (
        (not asked.start or day >= asked.start) and (not asked.end or day <= asked.end) and (not months or f"{day:%Y-%m}" in months)
    )


def events(sessions) -> list[calendar.Event]:
    """The events in a fixed order and with fixed stamps: what did not change is the same file, byte by byte."""
    recent = DayPart.objects.filter(session=OuterRef("pk"), ends_at__gt=timezone.now() - REMEMBERED)
    parts = Prefetch("day_parts", DayPart.objects.select_related("venue"))
    changing = Q(history__verb__in=CHANGES)
    rows = (
        sessions.filter(Exists(recent))
        .annotate(changed_at=Max("history__at", filter=changing), changes=Count("history", filter=changing))
        .prefetch_related(parts, Prefetch("training", TrainingPage.objects.only("title", "slug", "summary")))
        .order_by("code")
    )
    return [_stamped(event, session) for session in rows for event in session_events(session)]


def _stamped(event: calendar.Event, session: Session) -> calendar.Event:
    event = replace(event, changed_at=session.changed_at or session.created_at, sequence=max(event.sequence, session.changes))
    # Only private calendars know whether there is a seat already.
    if getattr(session, "seated", True) or event.cancelled:
        return event
    return replace(event, tentative=True, summary=_("%(training)s (no seat yet)") % {"training": event.summary})


def webcal(address: str) -> str:
    """The same address for a calendar program to subscribe to."""
    return f"webcal://{address.partition('://')[2]}"


def news() -> bytes:
    """What is new: sessions that one can still go to, and trainings."""
    address = f"{settings.SITE_URL}{reverse('trainings:catalogue')}"
    feed = Rss201rev2Feed(
        title=f"{settings.WAGTAIL_SITE_NAME} – " + _("New trainings and dates"),
        link=address,
        description=_("New trainings and new dates of trainings."),
        language=get_language(),
        feed_url=f"{settings.SITE_URL}{reverse('trainings:news')}",
    )
    items = sorted([*_new_sessions(), *_new_trainings()], key=lambda item: item["pubdate"], reverse=True)
    for item in items[:MOST_NEWS]:
        feed.add_item(**item)
    return feed.writeString("utf-8").encode()


def _new_sessions():
    rows = Session.objects.listed().filter(state=Session.State.PUBLISHED, training__in=snapshot.published()).upcoming().with_times()
    rows = rows.prefetch_related(Prefetch("training", TrainingPage.objects.only("title", "slug", "summary")))
    for session in rows.order_by("-created_at")[:MOST_NEWS]:
        starts = timezone.localtime(session.starts_at)
        yield {
            "title": f"{session.training.title} – {date_format(starts, 'l j F Y')}",
            "link": f"{settings.SITE_URL}{session.get_absolute_url()}",
            "description": session.training.summary,
            "pubdate": session.created_at,
        }


def _new_trainings():
    for page in snapshot.published().filter(first_published_at__isnull=False).order_by("-first_published_at")[:MOST_NEWS]:
        yield {
            "title": page.title,
            "link": f"{settings.SITE_URL}{reverse('trainings:training', args=[page.slug])}",
            "description": page.summary,
            "pubdate": page.first_published_at,
        }
