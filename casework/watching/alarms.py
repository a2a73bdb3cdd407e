"""Alarms: what kind of thing is wrong and since when, shown to who must see to it and mailed once, without content."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from casework.access import has_role
from casework.log import audit
from casework.log import reading as log_reading
from casework.models import Alarm, Role
from people.models import User
from shared import outbox

WATCHERS = (Role.Kind.ADMINISTRATOR, Role.Kind.DPO)
MAIL = "casework_alarm"
# What goes on after somebody saw to it is the same alarm, unless it was quiet for so long; what happens once is another one.
QUIET = timedelta(hours=1)
HAPPENS = (Alarm.Kind.SEALS, Alarm.Kind.GUESSING, Alarm.Kind.UNREADABLE)


def sound(kind: Alarm.Kind, *, seen_at: datetime, account: int = 0) -> Alarm | None:
    """Says that this is wrong, as seen at a moment; returns the alarm when it is a new one, and mails it then."""
    with transaction.atomic():
        last = Alarm.objects.select_for_update().filter(kind=kind, account=account).order_by("-last_seen", "-pk").first()
        if last and _goes_on(last, seen_at):
            Alarm.objects.filter(pk=last.pk, last_seen__lt=seen_at).update(last_seen=seen_at)
            return None
        first = {"first_seen": seen_at, "last_seen": seen_at}
        alarm, is_new = Alarm.objects.get_or_create(kind=kind, account=account, acknowledged_at=None, defaults=first)
        if is_new:
            _mail()
    return alarm if is_new else None


def _goes_on(alarm: Alarm, seen_at: datetime) -> bool:
    if alarm.acknowledged_at is None or seen_at <= alarm.last_seen:
        return True
    return alarm.kind not in HAPPENS and seen_at <= alarm.last_seen + QUIET


def acknowledge(alarm: Alarm, *, by) -> None:
    """Somebody saw to it; the first one counts."""
    with transaction.atomic():
        now = timezone.now()
        if Alarm.objects.filter(pk=alarm.pk, acknowledged_at=None).update(acknowledged_at=now, acknowledged_by=by):
            audit.record("acknowledged_alarm", by=by, about=alarm, kind=alarm.kind)


def watchers():
    """Who gets the alarms: administrators and data protection officers."""
    return User.objects.filter(roles__kind__in=WATCHERS, is_active=True).distinct().order_by("pk")


def open_for(user) -> list[tuple[Alarm, str]]:
    """What waits for this person to see to it, each with whose reading it is about; nothing for who need not."""
    return with_names(Alarm.objects.open()) if has_role(user, *WATCHERS) else []


def with_names(found) -> list[tuple[Alarm, str]]:
    """Each of these alarms, with whose reading it is about, if anybody's."""
    found = list(found)
    who = log_reading.names({alarm.account for alarm in found})
    return [(alarm, log_reading.name_of(alarm.account, who) if alarm.account else "") for alarm in found]


def _mail() -> None:
    # Not even the kind: what is wrong in casework is nobody's business on the way there.
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("casework/mail/alarm.txt", {"site_url": settings.SITE_URL}).strip() + "\n"
        subject = _("Casework asks for your attention")
        outbox.queue_all([outbox.compose(kind=MAIL, to=user.email, subject=subject, text=text) for user in watchers()])
