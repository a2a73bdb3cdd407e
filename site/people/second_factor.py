"""Deny by default: an account of the team is let through once this session has used a second factor."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.shortcuts import redirect
from django.urls import resolve, reverse

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What somebody without a second factor may do: set one up, prove it, leave; and fetch what those pages are made of.
OPEN = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_logout",
    "account_confirm_login_code",
    "stylesheet",
    "live",
    "ready",
}


def needs_second_factor(user) -> bool:
    """Whether this account can do more than a partner: it has a group, or is staff or superuser."""
    return user.is_authenticated and (user.is_staff or user.is_superuser or user.groups.exists())


def has_used_second_factor(request) -> bool:
    """Whether this very session proved a second factor, not merely whether the account has one."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorMiddleware:
    """Sends an account that needs a second factor to set it up or to prove it, on every page but the few in `OPEN`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if resolve(request.path_info).url_name in OPEN:
            return None
        if not needs_second_factor(request.user) or has_used_second_factor(request):
            return None
        has_one = Authenticator.objects.filter(user=request.user, type__in=STRONG).exists()
        return redirect(reverse("mfa_reauthenticate" if has_one else "mfa_activate_totp"))
