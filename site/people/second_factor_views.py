"""Setting up a second step: what was just proved counts for this session, and one goes on to where one was going."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from .adapter import SecondFactorAdapter
from .second_factor import has_second_factor, needs_second_factor
from .signin import safe_next, with_next


class GoesOn:
    """Keeps `next`, and lets the authenticator that was just set up count as used: it was, a moment ago."""

    type: str

    def form_valid(self, form):
        response = super().form_valid(form)
        newest = Authenticator.objects.filter(user=self.request.user, type=self.type).latest("pk")
        post_authentication(self.request, newest, reauthenticated=True)
        return response

    def get_success_url(self):
        return with_next("mfa_view_recovery_codes", safe_next(self.request))

    def get_context_data(self, **kwargs):
        user = self.request.user
        more = {"next": safe_next(self.request), "must": needs_second_factor(user) and not has_second_factor(user)}
        return super().get_context_data(**kwargs) | more


class SetUpAppView(GoesOn, ActivateTOTPView):
    type = Authenticator.Type.TOTP


class AddPasskeyView(GoesOn, AddWebAuthnView):
    type = Authenticator.Type.WEBAUTHN

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # One that can do alone: the device asks for finger, face or PIN.
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class RecoveryCodesView(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": safe_next(self.request)}


class RemovePasskeyView(RemoveWebAuthnView):
    def form_valid(self, form):
        adapter = SecondFactorAdapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")


class PasskeyLoginView(LoginWebAuthnView):
    def form_invalid(self, form):
        super().form_invalid(form)
        return HttpResponseRedirect(with_next("account_login", safe_next(self.request)))

    def _redirect_to_pending_stage(self, request, stage):
        """Whoever waits for a code may still come in with a passkey."""
