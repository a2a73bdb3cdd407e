"""What the page of one training shows beside the editor's texts: facts, dates, what is related."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knowledge.library.models import Sector, Theme
from trainings.models import DayPart, Session, Trainer, TrainingPage, free_seats

from . import wording
from .cards import cards, language_attribute
from .facts import FEW_SEATS, Topic, TrainingFacts, availability
from .results import Result
from .snapshot import Snapshot
from .structured import course

MOST_RELATED = 3


@dataclass(frozen=True)
class SessionOnPage:
    """A session as the page shows it; nothing in it is for participants only."""

    session: Session
    parts: list[DayPart]
    state: str

    @property
    def starts_at(self) -> datetime:
        """The first moment."""
        return self.parts[0].starts_at

    @property
    def trainers(self) -> list[Trainer]:
        """Who gives it, where the session says so."""
        return list(self.session.trainers.all())

    @property
    def mark(self) -> str:
        """The modifier of the class `seats`."""
        return wording.mark(self.state)

    @property
    def seats(self) -> str:
        """What one can do now, in words."""
        return wording.seats(self.state, self.seats_left)

    @property
    def seats_left(self) -> int:
        """Seats that somebody new may book."""
        return _free(self.session)

    @property
    def can_book(self) -> bool:
        """Whether one may book or queue now."""
        return self.state in ("free", "few", "waiting")

    @property
    def closes(self) -> str:
        """Until when one may book, in words."""
        local = localtime(self.session.booking_closes_at)
        return f"{date_format(local, 'l j F')}, {date_format(local, 'G.i')}"


def context(page: TrainingPage, now: Snapshot) -> dict:
    """All that the template needs; the same number of queries however many sessions there are."""
    sessions = sessions_of(page, now.now)
    themes, sectors, trainers = list(page.themes.all()), list(page.sectors.all()), list(page.trainers.all())
    return {
        "page": page,
        "snapshot": now,
        "themes": themes,
        "sectors": sectors,
        "trainers": trainers,
        "sessions": sessions,
        "next": next((row for row in sessions if row.can_book), None),
        "facts": facts(page),
        "lang": language_attribute(page.language),
        "related": cards(related(page.pk, themes, sectors, now), now.year),
        "course": course(page, sessions, trainers, f"{settings.SITE_URL}{reverse('trainings:training', args=[page.slug])}"),
    }


def sessions_of(page: TrainingPage, now: datetime) -> list[SessionOnPage]:
    """The public sessions that are not over yet, cancelled ones included, the soonest first."""
    parts = Prefetch("day_parts", DayPart.objects.select_related("venue"))
    rows = Session.objects.listed().filter(training=page.pk).with_times().with_seats_taken().with_wanted().filter(ends_at__gt=now)
    rows = rows.prefetch_related(parts, "trainers").order_by("starts_at", "code")
    return [SessionOnPage(row, list(row.day_parts.all()), _state(row, now)) for row in rows]


def _state(session: Session, now: datetime) -> str:
    if session.state == Session.State.CANCELLED:
        return "cancelled"
    if not session.is_open:
        return "closed"
    left = _free(session)
    if left > 0:
        return "few" if left <= FEW_SEATS else "free"
    return "waiting" if session.waiting_list else "full"


def _free(session: Session) -> int:
    return free_seats(session.capacity, session.taken, session.wanted)


def facts(page: TrainingPage) -> list[dict]:
    """The facts one decides on, in the words of `shared/_facts.html`."""
    form = "pin" if page.format == TrainingPage.Format.ON_SITE else "video"
    group = _("%(least)s to %(most)s people") % {"least": page.group_min, "most": page.group_max}
    rows = [
        ("clock", _("Length"), wording.length(page.duration_minutes, page.days)),
        ("euro", _("Price"), _("free") if page.is_free else wording.price(page.price)),
        (form, _("Where"), page.get_format_display()),
        ("level", _("Level"), page.get_level_display()),
        ("people", _("Group"), group),
        ("language", _("Language"), page.get_language_display()),
    ]
    return [{"icon": icon, "label": label, "value": value} for icon, label, value in rows]


def related(pk: int, themes: list[Theme], sectors: list[Sector], now: Snapshot) -> list[Result]:
    """The trainings that share most with this one: a theme weighs more than a sector."""
    theme_slugs, sector_slugs = {theme.slug for theme in themes}, {sector.slug for sector in sectors}

    def shared(training: TrainingFacts) -> int:
        return 3 * _both(training.themes, theme_slugs) + _both(training.sectors, sector_slugs)

    others = [training for training in now.trainings if training.pk != pk and _both(training.themes, theme_slugs)]
    nearest = sorted(others, key=lambda training: (-shared(training), training.title))[:MOST_RELATED]
    return [Result(training, (), availability(training, now.sessions_of(training), now.now)) for training in nearest]


def _both(topics: tuple[Topic, ...], slugs: set[str]) -> int:
    return sum(topic.slug in slugs for topic in topics)
