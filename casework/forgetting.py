"""What nobody needs any more leaves casework: what was pulled, what no key opened, what was decided, and answers to nobody."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from exchange.models import SealedAnswer, SealedReferral

from .models import Invitation, OutgoingAnswer, PulledRow, Referral, UnreadableRow
from .referrals import retention

logger = logging.getLogger(__name__)
PULLED = timedelta(days=90)  # longer than any backup of the public zone is kept, which may bring a row back
UNREADABLE = DECIDED = timedelta(days=365)


def forget_pulled() -> int:
    """Forgets which rows were taken in long ago, and returns how many; what still lies in the exchange would come in twice."""
    waiting = list(SealedReferral.objects.values_list("pk", flat=True))
    return PulledRow.objects.filter(day__lt=timezone.localdate() - PULLED).exclude(pk__in=waiting).delete()[0]


def forget_unreadable() -> int:
    """Removes rows that no key opened in a year, and returns how many; the log says so, and their alarm stays."""
    number = UnreadableRow.objects.filter(found_at__lt=timezone.now() - UNREADABLE).delete()[0]
    if number:
        logger.warning("forgotten: %s rows that no key opened", number)
    return number


def forget_decided() -> int:
    """Removes proposals that were decided, or ran out, a year ago, and returns how many; the log keeps who decided what."""
    limit = timezone.now() - DECIDED
    # What was approved has a last moment; of what was refused or withdrawn before that, only the proposal has a date.
    long_ago = Q(expires_at__lt=limit) | Q(expires_at=None, proposed_at__lt=limit)
    return Invitation.objects.exclude(state=Invitation.State.PROPOSED).filter(long_ago).delete()[0]


def forget_answers() -> int:
    """Removes answers to a code that no referral goes by, here and in the exchange, and returns how many.

    Such as the word that a withdrawal came, where the referral was erased before. They stay as long as an answer may at most.
    """
    over = [lookup for lookup, last in _answered_last() if _end_of_answer(last) <= timezone.localdate()]
    # There first: what stops in between is done again.
    SealedAnswer.objects.filter(lookup__in=over).delete()
    return OutgoingAnswer.objects.filter(lookup__in=over).delete()[0]


def _answered_last():
    """The codes that no referral goes by, each with when its last answer was made; all of them were brought."""
    known = Referral.objects.exclude(lookup=None).values("lookup")
    waiting = OutgoingAnswer.objects.filter(brought_at=None).values("lookup")
    nobody = OutgoingAnswer.objects.exclude(lookup__in=known).exclude(lookup__in=waiting)
    return nobody.values_list("lookup").annotate(last=Max("made_at"))


def _end_of_answer(made_at):
    day = timezone.localtime(made_at).date()
    return max(retention.end_of(state, day) for state in settings.RETENTION)
