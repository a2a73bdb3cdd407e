"""Seals: a row that somebody wrote into the database without the zone's key opens nothing.

Each seal is a MAC (HMAC-SHA-256, with its purpose in front) over the facts that matter. The seal of an account covers who it is,
its roles, its authenticators and its links to a sign-in of the city. It is made by the verbs that change one of these, and nowhere
else.
"""

import hmac
import json
from collections.abc import Collection
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from casework.keyring import keys
from casework.models import AccountSeal, Grant, Invitation, Referral, Role

PASSWORD, ROLES = 2, 1  # their places: the first among who somebody is, the second among all facts of an account
LINK = "link"  # among what a page may change, beside "password" and the types of authenticators
# What an authenticator is, in its `data`. The rest counts or describes: which codes are used, when they were looked at, a name.
SECRETS = ("secret", "seed", "migrated_codes", "credential", "passwordless")


def seal_grant(grant: Grant) -> Grant:
    """Puts the seal on a grant that is about to be saved."""
    grant.mac = _mac("grant", _facts_of(grant))
    return grant


def grant_holds(grant: Grant) -> bool:
    """Whether this grant was made by the application, and not changed since."""
    return hmac.compare_digest(grant.mac, _mac("grant", _facts_of(grant)))


def _facts_of(grant: Grant) -> list:
    return [str(grant.pk), grant.user_id, str(grant.referral_id), grant.kind, grant.begun_at.isoformat(), str(grant.ended_at or "")]


def seal_code(referral: Referral) -> Referral:
    """Puts the seal on the code that a referral is about to be saved with; its answers go to that code and to no other."""
    referral.code_mac = _mac("code", _facts_of_code(referral)) if referral.lookup else ""
    return referral


def code_holds(referral: Referral) -> bool:
    """Whether casework itself gave this referral its code; true where there is none."""
    return not referral.lookup or hmac.compare_digest(referral.code_mac, _mac("code", _facts_of_code(referral)))


def _facts_of_code(referral: Referral) -> list:
    return [str(referral.pk), referral.lookup, bytes(referral.answer_key or b"").hex()]


def seal_invitation(invitation: Invitation) -> Invitation:
    """Puts the seal on an invitation that is about to be saved."""
    invitation.mac = _mac("invitation", _facts_of_invitation(invitation))
    return invitation


def invitation_holds(invitation: Invitation) -> bool:
    """Whether this invitation was decided by two people here, and not changed since."""
    return hmac.compare_digest(invitation.mac, _mac("invitation", _facts_of_invitation(invitation)))


def _facts_of_invitation(invitation: Invitation) -> list:
    who = [invitation.account_id, invitation.email, invitation.first_name, invitation.last_name, sorted(invitation.roles)]
    decided = [invitation.proposed_by_id, invitation.approved_by_id, str(invitation.expires_at or "")]
    return [str(invitation.pk), invitation.kind, invitation.state, *who, *decided, invitation.first_half, invitation.second_half]


def half_hash(invitation_pk, half: str) -> str:
    """What is kept of one half of a one-time code."""
    return _mac("invitation half", [str(invitation_pk), half])


def seal_account(user, facts: list | None = None) -> None:
    """Seals the account as it stands in the database now, or as these facts say: for who has just changed it, and nobody else."""
    mac = _mac("account", facts or facts_of_account(user.pk))
    AccountSeal.objects.update_or_create(user_id=user.pk, defaults={"mac": mac, "made_at": timezone.now()})


def account_holds(user, *, password: str | None = None) -> bool:
    """Whether this account stands as the application left it, but for its hash when `password` says what that was before."""
    return facts_that_hold(user, password=password) is not None


def facts_that_hold(user, *, password: str | None = None) -> list | None:
    """The facts that the seal of this account holds for; None where it is broken."""
    seal = AccountSeal.objects.filter(user_id=user.pk).first()
    facts = facts_of_account(user.pk, password=password)
    if seal is None or not hmac.compare_digest(seal.mac, _mac("account", facts)):
        return None
    user._roles_at_hand = set(facts[ROLES])  # as `access.has_role` asks for them
    return facts


def facts_but_for(facts: list, means: Collection[str]) -> list:
    """These facts of an account without those of its means to sign in: its password, its link, authenticators of some type."""
    who, roles, authenticators, links = facts
    who = [fact for at, fact in enumerate(who) if at != PASSWORD or "password" not in means]
    return [who, roles, [one for one in authenticators if one[1] not in means], [] if LINK in means else links]


def password_in(facts: list) -> str:
    """The hash among these facts of an account."""
    return facts[0][PASSWORD]


def facts_of_account(pk: int, *, password: str | None = None) -> list:
    """All that the seal of an account is over, as the database says now."""
    from people.models import User

    # Asked of the database: an instance at hand may hold what was never saved.
    who = User.objects.values_list("pk", "email", "password", "is_active", "is_staff", "is_superuser").get(pk=pk)
    facts = [fact if at != PASSWORD or password is None else password for at, fact in enumerate(who)]
    roles = sorted(Role.objects.filter(user=pk).values_list("kind", flat=True))
    links = sorted(SocialAccount.objects.filter(user=pk).values_list("provider", "uid"))
    return [facts, roles, _authenticators_of(pk), links]


def _authenticators_of(pk: int) -> list:
    means = Authenticator.objects.filter(user=pk).order_by("pk").values_list("pk", "type", "data")
    return [[number, kind, {name: data[name] for name in SECRETS if name in data}] for number, kind, data in means]


def _mac(purpose: str, facts: list) -> str:
    return hmac.new(keys.seals_key(), json.dumps([purpose, *facts], sort_keys=True).encode(), sha256).hexdigest()
