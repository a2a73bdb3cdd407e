"""Taking a referral that waits: whoever takes it reads it, and is its case manager from then on (I14)."""

from django.db import transaction

from casework import access
from casework.entrance import granting
from casework.log import audit
from casework.models import AuditEvent, Grant, Referral, Role

from .refusals import AlreadyTaken, NotACaseManager
from .steps import step

OWNED = ("taken", "recorded")  # each referral had a case manager since one of these


@transaction.atomic
def take_referral(referral: Referral, *, by) -> Referral:
    """Makes `by` the case manager of a referral that nobody has."""
    if not access.has_role(by, Role.Kind.CASE_MANAGER):
        raise NotACaseManager
    referral = lock(referral)
    if referral.state != Referral.State.SUBMITTED or Grant.objects.filter(referral=referral, ended_at=None).exists():
        raise AlreadyTaken
    # The rows above can be written past casework; what is on record can't.
    if AuditEvent.objects.filter(kind="referral", object=str(referral.pk), action__in=OWNED).exists():
        raise AlreadyTaken
    granting.give(referral, by, by=by)
    step(referral, Referral.State.IN_CONSULT)
    audit.record("taken", by=by, about=referral)
    return referral


def lock(referral: Referral) -> Referral:
    """The row as it is now, until the transaction ends: of two colleagues who click at once, the second finds it taken."""
    return Referral.objects.select_for_update().get(pk=referral.pk)
