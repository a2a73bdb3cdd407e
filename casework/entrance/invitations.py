"""Inviting by hand-over: one proposes, another approves, and the code goes from mouth to ear, half from each.

The same for a new sign-in of somebody who lost theirs, and, without a code, for other roles. Nothing is mailed that opens a door.
"""

import hmac
import secrets

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from casework import mail
from casework.log import audit
from casework.models import Invitation, Role
from casework.models.invitation import VALID_FOR

from . import accounts, codes, seals
from .refusals import DecidedAlready, NoSuchCode, NotForYou, ProposedAlready, SomebodyThere

Kind, State = Invitation.Kind, Invitation.State


@transaction.atomic
def invite(*, email: str, first_name: str, last_name: str, roles: list[str], by) -> tuple[Invitation, str]:
    """Proposes somebody new; returns the proposal, and the first half of its code for who proposed it."""
    _must_administer(by)
    email = email.strip().lower()
    if get_user_model().objects.filter(email__iexact=email, is_active=True).exists():
        raise SomebodyThere
    accounts.refuse_to_mix(roles)
    fields = {"email": email, "first_name": first_name, "last_name": last_name, "roles": sorted(roles)}
    return _propose(Invitation(kind=Kind.NEW, **fields), by=by)


@transaction.atomic
def propose_new_sign_in(account, *, by) -> tuple[Invitation, str]:
    """Proposes that somebody starts anew: password, app and passkeys end when a second person approves."""
    return _propose(_about(account, Kind.RESET, by=by), by=by)


@transaction.atomic
def propose_roles(account, roles: list[str], *, by) -> Invitation:
    """Proposes what an account is for from now on; there is no code."""
    invitation = _about(account, Kind.ROLES, by=by)
    invitation.roles = sorted(roles)
    accounts.refuse_broken(account)
    accounts.refuse_to_mix(roles)
    accounts.refuse_to_orphan(account, keeps=roles)
    return _propose(invitation, by=by)[0]


def _about(account, kind: str, *, by) -> Invitation:
    _must_administer(by)
    if by.pk == account.pk or not account.is_active:
        raise NotForYou
    who = {"email": account.email, "first_name": account.first_name, "last_name": account.last_name}
    return Invitation(kind=kind, account=account, roles=_roles_of(account), **who)


def _roles_of(account) -> list[str]:
    if seals.account_holds(account):
        return sorted(accounts.roles_of(account))
    # The database may say anything: what counts is what was decided last. `expires_at` is of that moment, and sealed.
    decided = Invitation.objects.filter(account=account, state=State.USED).order_by("-expires_at")
    return next((one.roles for one in decided if seals.invitation_holds(one)), [])


def _propose(invitation: Invitation, *, by) -> tuple[Invitation, str]:
    older = Invitation.objects.select_for_update().filter(email=invitation.email, state__in=[State.PROPOSED, State.APPROVED])
    if older.open().exclude(kind__in=[Kind.ROLES, Kind.FIRST]).exists():
        raise ProposedAlready
    for one in older:
        _end(one, State.WITHDRAWN)
    half = codes.new_half() if invitation.has_code else ""
    invitation.proposed_by = by
    invitation.first_half = seals.half_hash(invitation.pk, half) if half else ""
    seals.seal_invitation(invitation).save(force_insert=True)
    audit.record("proposed", by=by, about=invitation, kind=invitation.kind)
    return invitation, half


@transaction.atomic
def approve(pk, *, by) -> tuple[Invitation, str]:
    """The second person agrees: the code counts from now on, for two days; returns its second half. Roles change at once."""
    invitation = _to_decide(pk, by=by)
    invitation.approved_by = by
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.state = State.APPROVED if invitation.has_code else State.USED
    half = codes.new_half() if invitation.has_code else ""
    invitation.second_half = seals.half_hash(invitation.pk, half) if half else ""
    seals.seal_invitation(invitation).save()
    if invitation.kind == Kind.ROLES:
        accounts.give_roles(invitation.account, invitation.roles, by=by)
    if invitation.kind == Kind.RESET:
        account = accounts.begin_anew(invitation)
        accounts.end_sign_in(account)
        mail.sign_in_reset(account)
    audit.record("approved", by=by, about=invitation, kind=invitation.kind)
    return invitation, half


@transaction.atomic
def refuse(pk, *, by) -> Invitation:
    """The second person does not agree."""
    invitation = _end(_to_decide(pk, by=by), State.REFUSED)
    audit.record("refused", by=by, about=invitation, kind=invitation.kind)
    return invitation


@transaction.atomic
def withdraw(pk, *, by) -> Invitation:
    """An administrator takes it back, approved or not: its code no longer counts."""
    _must_administer(by)
    invitation = Invitation.objects.select_for_update().filter(pk=pk, state__in=[State.PROPOSED, State.APPROVED]).first()
    if invitation is None:
        raise DecidedAlready
    _end(invitation, State.WITHDRAWN)
    audit.record("withdrew", by=by, about=invitation, kind=invitation.kind)
    return invitation


def _to_decide(pk, *, by) -> Invitation:
    # Locked before it is read: of two approvals at the same moment one finds it decided, and one code is made.
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if not accounts.is_one_of(by, Role.Kind.ADMINISTRATOR, Role.Kind.CASE_MANAGER) or by.pk in {
        invitation.proposed_by_id,
        invitation.account_id,
    }:
        raise NotForYou
    if invitation.state != State.PROPOSED or not seals.invitation_holds(invitation):
        raise DecidedAlready
    return invitation


def find(*, email: str, halves: tuple[str, str]) -> Invitation:
    """The invitation that this code counts for; used, run out, wrong and never made are one and the same refusal."""
    invitation = Invitation.objects.usable().filter(email=email.strip().lower()).first()
    known = invitation or Invitation(first_half=secrets.token_hex(32), second_half=secrets.token_hex(32))
    hashes = [seals.half_hash(known.pk, codes.read(half)) for half in halves]
    right = [hmac.compare_digest(*pair) for pair in zip(hashes, (known.first_half, known.second_half), strict=True)]
    if invitation is None or not all(right) or not seals.invitation_holds(invitation):
        raise NoSuchCode
    return invitation


@transaction.atomic
def accept(pk, password: str):
    """The one invited chose a password: the account is there, or stands anew. The second factor is set up right after."""
    # Locked before it is looked at: a code that is typed twice at the same moment makes one account.
    invitation = Invitation.objects.select_for_update().filter(pk=pk).first()
    if invitation is None or not _counts(invitation):
        raise NoSuchCode
    user = accounts.begin_anew(invitation) if invitation.account else accounts.make(invitation)
    accounts.give_password(user, password)
    invitation.account, invitation.state = user, State.USED
    seals.seal_invitation(invitation).save()
    audit.record("accepted", by=user, about=invitation, kind=invitation.kind)
    return user


def _counts(invitation: Invitation) -> bool:
    still = invitation.state == State.APPROVED and invitation.has_code and not invitation.has_run_out
    return still and seals.invitation_holds(invitation)


def invite_first(*, email: str, first_name: str, last_name: str) -> tuple[Invitation, str]:
    """For who sets the zone up, on its command line: an administrator while there is none; returns the whole code."""
    with transaction.atomic():
        if Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, user__is_active=True, user__seal__isnull=False).exists():
            raise NotForYou
        halves = codes.new_half(), codes.new_half()
        who = {"email": email.strip().lower(), "first_name": first_name, "last_name": last_name}
        Invitation.objects.filter(email=who["email"], state=State.APPROVED).update(state=State.WITHDRAWN)
        invitation = Invitation(kind=Kind.FIRST, state=State.APPROVED, roles=[Role.Kind.ADMINISTRATOR.value], **who)
        invitation.expires_at = timezone.now() + VALID_FOR
        invitation.first_half, invitation.second_half = (seals.half_hash(invitation.pk, half) for half in halves)
        seals.seal_invitation(invitation).save(force_insert=True)
        audit.record("invited_first", by=None, about=invitation)
        return invitation, " ".join(map(codes.shown, halves))


def _end(invitation: Invitation, state: str) -> Invitation:
    invitation.state = state
    seals.seal_invitation(invitation).save()
    return invitation


def _must_administer(by) -> None:
    if not accounts.is_one_of(by, Role.Kind.ADMINISTRATOR):
        raise NotForYou
