"""The demo's accounts: one password and one TOTP seed for all, so they exist in demo mode only."""

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import CommandError

from people.models import User

PASSWORD = "expo-r-demo"  # noqa: S105 known to everybody, and refused outside the demo
SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"

PARTNERS = [
    ("partner@school.demo", "Noor", "De Clercq", "atheneum-de-vlinder", "member"),
    ("coordinator@school.demo", "Tom", "Vandenberghe", "atheneum-de-vlinder", "coordinator"),
    ("partner@jeugdhuis.demo", "Yasmina", "El Idrissi", "jeugdhuis-de-kaai", "member"),
    ("lesgever@extern.demo", "Samira", "Oulhaj", None, None),
]
TEAM = [
    ("organisator@expo-r.demo", "Ilse", "Organisator", ["Organisatoren"]),
    ("redactie@expo-r.demo", "Bram", "Redactie", ["Redactie"]),
    ("coordinatie@expo-r.demo", "Fatma", "Coördinatie", ["Coördinatie", "Organisatoren"]),
    ("stuurgroep@expo-r.demo", "Joris", "Stuurgroep", ["Stuurgroep"]),
    ("beheer@expo-r.demo", "An", "Beheer", ["Beheer"]),
]


def refuse_outside_demo() -> None:
    """Stops before anything that everybody knows gets into a real installation."""
    if not settings.DEMO:
        raise CommandError("The demonstration loads in demo mode only (EXPOR_DEMO=true).")


def load_accounts() -> dict[str, User]:
    """All demo accounts by address; those of the team with their group and second factor."""
    people = {email: account(email, first, last) for email, first, last, _organisation, _role in PARTNERS}
    for email, first, last, groups in TEAM:
        people[email] = user = account(email, first, last)
        user.groups.set(Group.objects.filter(name__in=groups))
        seed = get_adapter().encrypt(SEED)
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": seed}})
    return people


def account(email: str, first_name: str, last_name: str) -> User:
    """An account with a proved address, made when there is none."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
