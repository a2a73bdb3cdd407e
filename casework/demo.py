"""The demo's accounts of this zone: one password and one TOTP seed for all, so they exist in demo mode only."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from people.models import User

from .entrance import seals
from .models import Role

PASSWORD = "expo-r-demo"  # noqa: S105 known to everybody, and refused outside the demo
SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"

ACCOUNTS = [
    ("casemanager@expo-r.demo", "Nadia", "Casemanager", Role.Kind.CASE_MANAGER),
    ("casemanager2@expo-r.demo", "Wouter", "Casemanager", Role.Kind.CASE_MANAGER),
    ("dpo@stad.demo", "Lieve", "Gegevensbescherming", Role.Kind.DPO),
    ("beheer@expo-r.demo", "An", "Beheer", Role.Kind.ADMINISTRATOR),
    ("beheer2@expo-r.demo", "Karim", "Beheer", Role.Kind.ADMINISTRATOR),
]


def load_accounts() -> dict[str, User]:
    """All demo accounts of this zone by address, each with its role, its second factor and its seal."""
    if not settings.DEMO:
        raise CommandError("The demonstration loads in demo mode only (EXPOR_DEMO=true).")
    return {email: _account(email, first, last, role) for email, first, last, role in ACCOUNTS}


@transaction.atomic
def _account(email: str, first_name: str, last_name: str, role: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
        Role.objects.create(user=user, kind=role)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(SEED)})
        RecoveryCodes.activate(user)
        seals.seal_account(user)
    return user
