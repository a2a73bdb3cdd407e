"""Looking around every minute: what of the things that must not be is so now; each of them sounds its alarm."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from casework.entrance import seals
from casework.log import actions, checking
from casework.models import Alarm, AuditEvent, Referral, UnreadableRow
from casework.referrals import pull_state
from shared.models import OutboxMessage

from . import alarms, canary

HOUR = timedelta(hours=1)
# A worker that stood still does not miss what was refused meanwhile.
BACK = timedelta(days=7)
KIND = Alarm.Kind


def look_around() -> None:
    """The worker's part. What can't be looked at stops nothing: the others are looked at first, then it is logged as an error."""
    errors = [error for look in LOOKS if (error := _tried(look))]
    if errors:
        raise errors[0]


def _tried(look: Callable[[], None]) -> Exception | None:
    try:
        look()
    except Exception as error:
        return error
    return None


def unusual_reading() -> None:
    """Somebody opened many different referrals within an hour, or looked for many names."""
    recent = AuditEvent.objects.filter(at__gt=timezone.now() - HOUR, actor__isnull=False).order_by().values("actor")
    opened = recent.filter(action__in=actions.LOOKS, kind="referral").annotate(number=Count("object", distinct=True))
    looked_up = recent.filter(action__in=actions.LOOKUPS).annotate(number=Count("number"))
    for found, most in ((opened, settings.UNUSUAL_REFERRALS), (looked_up, settings.UNUSUAL_LOOKUPS)):
        for actor, seen_at in found.filter(number__gt=most).annotate(last=Max("at")).values_list("actor", "last"):
            alarms.sound(KIND.READING, account=actor, seen_at=seen_at)


def broken_seals() -> None:
    """A grant or an account that the application did not make was refused."""
    refused = AuditEvent.objects.filter(action__in=actions.BROKEN_SEALS, at__gt=timezone.now() - BACK)
    _sound_at(KIND.SEALS, refused.aggregate(last=Max("at"))["last"])


def guessed_codes() -> None:
    """Somebody knows the password of an account and guesses at its second factor."""
    refused = AuditEvent.objects.filter(action__in=actions.GUESSING, at__gt=timezone.now() - BACK).order_by().values("object")
    for account, seen_at in refused.annotate(last=Max("at")).values_list("object", "last"):
        alarms.sound(KIND.GUESSING, account=int(account), seen_at=seen_at)


def changed_codes() -> None:
    """The code of a referral was changed past casework: its answers would go to somebody else."""
    with_code = Referral.objects.exclude(lookup=None).defer("outline", "words")
    _sound_at(KIND.SEALS, None if all(map(seals.code_holds, with_code)) else timezone.now())


def log_is_not_whole() -> None:
    """The last walk along the log found a fault."""
    last = checking.state()
    _sound_at(KIND.LOG, last.at if last and last.faults else None)


def pull_is_late() -> None:
    """Nothing came through the wall for minutes, not even the word that there is nothing."""
    now = timezone.now()
    _sound_at(KIND.PULL, now if pull_state.last_success() < now - settings.PULL_LATE else None)


def canary_is_late() -> None:
    """No trial referral came back for more than an hour."""
    now = timezone.now()
    _sound_at(KIND.CANARY, now if canary.last_back() < now - settings.CANARY_LATE else None)


def unreadable_rows() -> None:
    """Something came through the wall that no key opens."""
    _sound_at(KIND.UNREADABLE, UnreadableRow.objects.aggregate(last=Max("found_at"))["last"])


def mail_is_stuck() -> None:
    """Mail is due for more than an hour."""
    _sound_at(KIND.MAIL, timezone.now() if OutboxMessage.objects.overdue().exists() else None)


def _sound_at(kind: Alarm.Kind, moment) -> None:
    if moment:
        alarms.sound(kind, seen_at=moment)


LOOKS = [
    unusual_reading,
    broken_seals,
    guessed_codes,
    changed_codes,
    log_is_not_whole,
    pull_is_late,
    canary_is_late,
    unreadable_rows,
    mail_is_stuck,
]
