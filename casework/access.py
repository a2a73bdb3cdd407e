"""Who may open what: nothing, unless a grant says so now; each opening is on record before anything is shown."""

from django.db import transaction
from django.http import Http404

from .entrance import seals
from .log import audit
from .models import Grant, Referral, Role
from .referrals.refusals import NotYours


def has_role(user, *kinds: str) -> bool:
    """Whether this account is one of these; roles are read once per request and are part of its seal."""
    if not hasattr(user, "_roles_at_hand"):
        user._roles_at_hand = set(Role.objects.filter(user=user).values_list("kind", flat=True))
    return bool(user._roles_at_hand & set(kinds))


def open_referral(pk, *, by, action: str = "opened", **detail) -> Referral:
    """The referral, for its case manager, with the look on record and committed; for everybody else there is none (404)."""
    with transaction.atomic():
        grant = Grant.objects.filter(referral_id=pk, user=by, ended_at=None).select_related("referral").first()
        if grant is None or not has_role(by, Role.Kind.CASE_MANAGER):
            raise Http404
        holds = seals.grant_holds(grant)
        audit.record(action if holds else "refused_broken_seal", by=by, about=grant.referral, **detail)
    if not holds:
        raise Http404
    return grant.referral


def held_by(user) -> list[Referral]:
    """The referrals of which this user is the case manager now, by a grant whose seal holds."""
    if not has_role(user, Role.Kind.CASE_MANAGER):
        return []
    grants = Grant.objects.filter(user=user, ended_at=None).select_related("referral")
    return [grant.referral for grant in grants if seals.grant_holds(grant)]


def own_or_404(pk, *, by) -> Referral:
    """The referral, for who is about to do something with it; nothing of it is shown, so that this is no look."""
    grant = grant_of(pk, by)
    if grant is None:
        raise Http404
    return grant.referral


def own(referral: Referral, *, by) -> Referral:
    """The row as it is now, locked until the verb is through, for its case manager; everybody else is refused."""
    # Locked before anything is read: a hand-over and a closing at the same moment must see each other.
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if grant_of(locked.pk, by) is None:
        raise NotYours
    return locked


def grant_of(pk, user) -> Grant | None:
    """By which grant this user is the case manager of the referral now."""
    grant = Grant.objects.filter(referral_id=pk, user=user, ended_at=None).select_related("referral").first()
    return grant if grant and has_role(user, Role.Kind.CASE_MANAGER) and seals.grant_holds(grant) else None


def case_managers():
    """Accounts that work on referrals."""
    roles = Role.objects.filter(kind=Role.Kind.CASE_MANAGER, user__is_active=True).select_related("user")
    return [role.user for role in roles.order_by("user__first_name", "user__last_name", "user")]
