"""Accounts: who is in this zone, and what an administrator proposes about them."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.entrance import accounts as verbs
from casework.entrance import drafts, invitations
from casework.entrance.forms import InviteForm, RolesForm
from casework.entrance.refusals import ProposedAlready, Refused, SomebodyThere
from casework.entrance.step_up import stepped_up
from casework.models import Invitation, Role
from people.second_factor import STRONG

from .methods import fills_in
from .only_for import only_for

administrators_only = only_for(Role.Kind.ADMINISTRATOR)


def _people():
    factors = Authenticator.objects.filter(type__in=STRONG).order_by("type")
    proposals = Invitation.objects.open()
    found = get_user_model().objects.prefetch_related(
        "roles",
        Prefetch("authenticator_set", factors, to_attr="factors"),
        Prefetch("proposals", proposals, to_attr="waiting"),
    )
    return found.order_by("-is_active", "last_name", "first_name", "pk")


@administrators_only
@require_safe
def accounts(request):
    """Everybody in this zone, and what is under way."""
    waiting = Invitation.objects.open().select_related("proposed_by", "approved_by")
    return render(request, "casework/access/accounts.html", {"people": _people(), "waiting": waiting})


@administrators_only
@require_safe
def account(request, pk):
    """One account, and what one can propose about it."""
    person = get_object_or_404(_people(), pk=pk)
    return render(request, "casework/access/account.html", {"person": person, "is_self": person == request.user})


@administrators_only
@stepped_up
@fills_in
def invite(request):
    """Proposes somebody new."""
    form = drafts.form_of(request, lambda data: InviteForm(data))
    if request.method == "POST" and form.is_valid():
        try:
            return _handed(request, *invitations.invite(**form.cleaned_data, by=request.user))
        except (SomebodyThere, ProposedAlready) as refusal:
            form.add_error("email", refusal.sentence)
    return render(request, "casework/access/invite.html", {"form": form})


@administrators_only
@stepped_up
@fills_in
def reset(request, pk):
    """Proposes a new sign-in for somebody who lost theirs."""
    person = _other(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            return _handed(request, *invitations.propose_new_sign_in(person, by=request.user))
        except ProposedAlready as refused:
            refusal = refused.sentence
    return render(request, "casework/access/reset.html", {"person": person, "refusal": refusal})


@administrators_only
@stepped_up
@fills_in
def roles(request, pk):
    """Proposes other roles."""
    person = _other(request, pk)
    now = {"roles": sorted(verbs.roles_of(person))}
    form = drafts.form_of(request, lambda data: RolesForm(data, initial=now))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.propose_roles(person, form.cleaned_data["roles"], by=request.user)
        except Refused as refusal:
            form.add_error("roles", refusal.sentence)
        else:
            messages.success(request, _("Proposed. A second person approves it, on their page My work."))
            return redirect("casework:accounts")
    return render(request, "casework/access/roles.html", {"form": form, "person": person})


@administrators_only
@stepped_up
@fills_in
def end(request, pk):
    """Ends the account of somebody who leaves."""
    person = _other(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            verbs.end(person, by=request.user)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The account is ended. Nothing opens for it any more."))
            return redirect("casework:accounts")
    return render(request, "casework/access/end.html", {"person": person, "refusal": refusal})


def _other(request, pk):
    """Somebody who is still here; about oneself others decide."""
    return get_object_or_404(get_user_model().objects.filter(is_active=True).exclude(pk=request.user.pk), pk=pk)


def _handed(request, invitation, half: str):
    # Shown in the answer itself: what is shown once is kept nowhere, not in a session either.
    return render(request, "casework/access/half.html", {"invitation": invitation, "half": half, "number": 1})
