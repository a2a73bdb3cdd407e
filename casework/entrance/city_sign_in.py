"""The city's own sign-in (OpenID Connect) in place of the password: never for rights, never to make an account.

A link is made by the person, signed in and with the second factor proved a moment ago, and lies under the account's seal. The
second factor of this zone is asked after it as after a password.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.signin import with_next

from . import sealed_accounts, seals, step_up
from .refusals import SealBroken


def label() -> str:
    """What its button says; nothing where the settings name no such sign-in."""
    return _("Sign-in of the city") if settings.OIDC_URL else ""


class CitySignInAdapter(DefaultSocialAccountAdapter):
    """Lets through who is linked, and links who asks for it and just proved who they are; all others use the password."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        sociallogin.account.extra_data = {}  # what the city says about somebody is not kept here
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            self._to_link(request, sociallogin)
        elif not sociallogin.is_existing or not seals.account_holds(sociallogin.user):
            self._turn_away(request, _("This account of the city is not linked to an account here. Sign in with your password."))

    def _to_link(self, request, sociallogin):
        if not request.user.is_authenticated or not step_up.is_fresh(request):
            raise ImmediateHttpResponse(redirect(with_next("account_step_up", reverse("account_city"))))
        if sociallogin.is_existing and sociallogin.user != request.user:
            self._turn_away(request, _("This account of the city is linked to somebody else here."))
        # Here and not a few steps on in allauth: the link and the seal over it are one commit. The page says that it is linked.
        if not sociallogin.is_existing:
            self._link(request, sociallogin)
        raise ImmediateHttpResponse(redirect("account_city"))

    def _link(self, request, sociallogin):
        try:
            with sealed_accounts.own_change(request, seals.LINK):
                sociallogin.connect(request, request.user)
        except SealBroken as broken:
            raise ImmediateHttpResponse(redirect("account_login")) from broken

    def _turn_away(self, request, sentence: str):
        messages.error(request, sentence)
        raise ImmediateHttpResponse(redirect("account_city" if request.user.is_authenticated else "account_login"))


def is_linked(user) -> bool:
    return SocialAccount.objects.filter(user=user).exists()


def unlink(user) -> None:
    """The own link ends; the password stays. For a view under `changes_account`, which renews the seal."""
    SocialAccount.objects.filter(user=user).delete()
