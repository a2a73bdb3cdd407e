"""Coming in with a one-time code: the address and both halves, then a password; the second factor is set up right after."""

import time

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from casework.entrance import invitations, limits
from casework.entrance.adapter import AccountAdapter
from casework.entrance.forms import CodeForm, FirstPasswordForm
from casework.entrance.refusals import NoSuchCode, Refused
from casework.models import Invitation
from people.models import User
from people.signin import with_next

from .methods import fills_in

ARRIVING = "casework_arriving"  # in the session: which invitation, and until when a password may be chosen
TIME_TO_CHOOSE = 20 * 60
BACKEND = "casework.entrance.sealed_accounts.SealedBackend"


@sensitive_post_parameters()
@never_cache
@fills_in
def code(request):
    """Asks for the address and both halves."""
    if request.user.is_authenticated:
        return redirect("casework:my-work")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = _found(request, form)
        if invitation:
            request.session[ARRIVING] = [str(invitation.pk), time.time() + TIME_TO_CHOOSE]
            return redirect("account_invitation_password")
    return render(request, "casework/arriving/code.html", {"form": form})


def _found(request, form) -> Invitation | None:
    typed = form.cleaned_data
    attempt = limits.attempt(limits.INVITATION, request, typed["email"])
    if not attempt.allowed:
        form.add_error(None, AccountAdapter.error_messages["too_many_login_attempts"])
        return None
    try:
        invitation = invitations.find(email=typed["email"], halves=(typed["first"], typed["second"]))
    except NoSuchCode as refusal:
        form.add_error(None, refusal.sentence)
        return None
    attempt.forgiven()
    return invitation


@sensitive_post_parameters()
@never_cache
@fills_in
def password(request):
    """Asks for a password, and signs in; nothing but setting up the second factor is open then."""
    invitation = _arriving(request)
    if invitation is None:
        return redirect("account_invitation")
    who = User(email=invitation.email, first_name=invitation.first_name, last_name=invitation.last_name)
    form = FirstPasswordForm(request.POST or None, user=who)
    if request.method == "POST" and form.is_valid():
        try:
            return _signed_in(request, invitations.accept(invitation.pk, form.cleaned_data["password1"]))
        except Refused:
            return redirect("account_invitation")
    return render(request, "casework/arriving/password.html", {"form": form, "invitation": invitation})


def _arriving(request) -> Invitation | None:
    pk, until = request.session.get(ARRIVING, ("", 0))
    return Invitation.objects.usable().filter(pk=pk).first() if time.time() < until else None


def _signed_in(request, user):
    request.session.flush()
    login(request, user, backend=BACKEND)
    # Chosen a moment ago: it need not be typed once more before the second factor is set up.
    reauthenticate_by_password(request)
    UserSession.objects.create_from_request(request)
    return redirect(with_next("mfa_activate_totp", reverse("casework:my-work")))
