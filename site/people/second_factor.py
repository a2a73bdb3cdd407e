"""Deny by default: an account of the team is let through once this session has used a second factor."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect

from .signin import with_next

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# Leaving, and what the pages below are made of. Files under /static/ never come this far.
ALWAYS = {"account_logout", "stylesheet", "live", "ready"}
# What an account without a second factor may do: set one up, after its password where it has one.
TO_SET_UP = ALWAYS | {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
# What an account with a second factor may do until this session has used it. Not set up another one: that would be a way round.
TO_PROVE = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def needs_second_factor(user) -> bool:
    """Whether this account can do more than a partner: it has a group, is staff or superuser, or the zone asks it of everybody."""
    if not user.is_authenticated:
        return False
    return settings.EVERYBODY_NEEDS_SECOND_FACTOR or user.is_staff or user.is_superuser or user.groups.exists()


def has_second_factor(user) -> bool:
    """Whether this account has set up an app or a passkey; recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type__in=STRONG).exists()


def has_used_second_factor(request) -> bool:
    """Whether this very session proved a second factor, not merely whether the account has one."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorMiddleware:
    """Sends an account that needs a second factor to set it up or to prove it, on every page but those few."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Pages that know nobody: asking who this is would read the session.
        if getattr(view, "reads_no_session", False):
            return None
        if not needs_second_factor(request.user) or has_used_second_factor(request):
            return None
        has_one = has_second_factor(request.user)
        if request.resolver_match.view_name in (TO_PROVE if has_one else TO_SET_UP):
            return None
        here = request.get_full_path() if request.method == "GET" else ""
        return redirect(with_next("mfa_reauthenticate" if has_one else "mfa_activate_totp", here))
