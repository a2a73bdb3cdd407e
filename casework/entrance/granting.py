"""Making and ending grants: each under its seal, and one case manager at a time (I14)."""

from django.utils import timezone

from casework.models import Grant, Referral, Role
from casework.referrals.refusals import NotACaseManager

from . import accounts, seals


def give(referral: Referral, user, *, by) -> Grant:
    """Makes this user the case manager, in the transaction of the caller, who holds the lock on the referral."""
    # Locked before it is asked anew: an account that ends at this moment has this grant counted, or gets none.
    accounts.lock(user)
    if not accounts.is_one_of(user, Role.Kind.CASE_MANAGER):
        raise NotACaseManager
    grant = seals.seal_grant(Grant(referral=referral, user=user, by=by))
    grant.save(force_insert=True)
    return grant


def end(grant: Grant) -> None:
    """Ends a grant at this moment; its seal covers the end too."""
    grant.ended_at = max(timezone.now(), grant.begun_at)
    seals.seal_grant(grant).save(update_fields=["ended_at", "mac"])
