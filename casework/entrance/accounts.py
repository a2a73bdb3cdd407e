"""Accounts of the zone: what they are for, how they begin, and how they end. Each change renews the seal."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from casework.log import audit
from casework.models import Grant, Invitation, Referral, Role

from . import drafts, seals
from .refusals import DecidedAlready, LastOfficer, NotForYou, RolesApart, SealBroken, SomebodyThere, StillCaseManager

ALONE = {Role.Kind.ADMINISTRATOR, Role.Kind.DPO}


def roles_of(user) -> set[str]:
    """What this account is for, as the database says now."""
    return set(Role.objects.filter(user=user).values_list("kind", flat=True))


def is_one_of(user, *kinds: str) -> bool:
    """Whether this account has one of these roles now; verbs ask anew, and do not trust what a request remembered."""
    return Role.objects.filter(user=user, user__is_active=True, kind__in=kinds).exists()


def lock(user):
    """The account as it is now, kept so until the transaction ends: for whoever counts what it has, or gives it something."""
    # Not for its key: what names this account meanwhile does not wait, and two hand-overs to it do not wait for each other.
    return get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def make(invitation: Invitation):
    """The account of somebody new, or of somebody who left and comes back: without a password yet."""
    User = get_user_model()
    user = User.objects.filter(email=invitation.email).first() or User(email=invitation.email, is_active=False)
    if user.is_active:
        raise SomebodyThere
    user.first_name, user.last_name = invitation.first_name, invitation.last_name
    user.is_active, user.is_staff, user.is_superuser = True, False, False
    user.set_unusable_password()
    user.save()
    _set_roles(user, invitation.roles)
    return user


def begin_anew(invitation: Invitation):
    """The account of somebody who starts anew, as two people decided: what was written into the database does not stay."""
    user = lock(invitation.account)
    if not user.is_active:
        raise DecidedAlready
    user.email, user.is_staff, user.is_superuser = invitation.email, False, False
    user.save(update_fields=["email", "is_staff", "is_superuser"])
    _set_roles(user, invitation.roles)
    return user


def give_password(user, password: str) -> None:
    """The password that somebody chose with a one-time code; whatever was there before no longer counts."""
    _forget_means(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    seals.seal_account(user)


def end_sign_in(user) -> None:
    """Password, app, passkeys, codes, links and sessions end: the account waits for a new code."""
    _forget_means(user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    seals.seal_account(user)


def give_roles(user, kinds: list[str], *, by) -> None:
    """What this account is for from now on; who is no longer a case manager can open nothing any more."""
    lock(user)
    refuse_broken(user)
    refuse_to_orphan(user, keeps=kinds)
    _set_roles(user, kinds)
    if Role.Kind.CASE_MANAGER not in kinds:
        _end_grants(user, by=by)
    seals.seal_account(user)
    audit.record("changed_roles", by=by, about=user, roles="+".join(sorted(kinds)))


@transaction.atomic
def end(user, *, by) -> None:
    """Somebody left: nothing opens for this account any more, from this moment on. What it did stays on record."""
    if by.pk == user.pk or not is_one_of(by, Role.Kind.ADMINISTRATOR):
        raise NotForYou
    lock(user)
    refuse_to_orphan(user, keeps=[])
    _end_grants(user, by=by)
    for invitation in Invitation.objects.filter(account=user, state__in=["proposed", "approved"]):
        invitation.state = Invitation.State.WITHDRAWN
        seals.seal_invitation(invitation).save()
    Role.objects.filter(user=user).delete()
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sign_in(user)
    audit.record("ended_account", by=by, about=user)


def refuse_broken(user) -> None:
    """What somebody wrote into the database is not sealed along with the next change; ending and starting anew leave none of it."""
    if not seals.account_holds(user):
        raise SealBroken


def refuse_to_orphan(user, *, keeps: list[str]) -> None:
    """Who leaves, or gets other roles, hands over first whatever is not erased yet (I14), and is not the last officer (DPO)."""
    # What is closed too: its referrer may still add something with the code, and somebody must be told and open it.
    theirs = Referral.objects.visible_to(user).exclude(state=Referral.State.EXPIRED)
    if Role.Kind.CASE_MANAGER not in keeps and theirs.exists():
        raise StillCaseManager
    if Role.Kind.DPO not in keeps and _is_last_officer(user):
        raise LastOfficer


def _is_last_officer(user) -> bool:
    # Locked: of two officers who leave at the same moment, the second one is the last.
    officers = Role.objects.select_for_update(of=("self",)).filter(kind=Role.Kind.DPO, user__is_active=True).order_by("pk")
    there = [role.user for role in officers.select_related("user")]
    return user in there and not any(seals.account_holds(other) for other in there if other != user)


def refuse_to_mix(kinds: list[str]) -> None:
    """Who manages accounts, and who looks over everybody's shoulder, does nothing else in this zone."""
    if not kinds or (len(kinds) > 1 and ALONE & set(kinds)):
        raise RolesApart


def _set_roles(user, kinds: list[str]) -> None:
    Role.objects.filter(user=user).exclude(kind__in=kinds).delete()
    for kind in kinds:
        Role.objects.get_or_create(user=user, kind=kind)


def _end_grants(user, *, by) -> None:
    for grant in Grant.objects.select_for_update().filter(user=user, ended_at=None):
        grant.ended_at = timezone.now()
        seals.seal_grant(grant).save()
        audit.record("ended_grant", by=by, about=grant)


def _forget_means(user) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    drafts.forget(user)
