"""The lock of a session, and proving once more who one is: both ask for the second factor, and the same page opens again."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from casework.entrance import drafts, session_clock, step_up
from casework.entrance.forms import ProveAgainForm
from people.second_factor_forms import ProvePasskeyAgainForm
from people.signin import safe_next, with_next

from .methods import fills_in, only_sent_to


@never_cache
@fills_in
def unlock(request):
    """Opens the session that was locked, on the page where it was."""
    kept = drafts.is_there(request.user, safe_next(request))
    return _prove(request, "casework/locking/unlock.html", needed=session_clock.is_locked(request), kept=kept)


@never_cache
@fills_in
def prove(request):
    """Asks for the second factor before something that matters."""
    return _prove(request, "casework/locking/step_up.html", needed=not step_up.is_fresh(request))


def _prove(request, template: str, *, needed: bool, **more):
    next_url = safe_next(request)
    if not needed:
        return redirect(next_url or "casework:my-work")
    form, passkey = _forms(request)
    if request.method == "POST" and (form if form.is_bound else passkey).is_valid():
        (form if form.is_bound else passkey).save()
        session_clock.unlock(request)
        return redirect(next_url or "casework:my-work")
    field = format_html('<input type="hidden" name="next" value="{}">', next_url)
    context = {"form": form, "passkey_form": passkey, "redirect_field": field} | more
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists():
        context["js_data"] = {"request_options": begin_authentication(request.user)}
    return render(request, template, context)


def _forms(request):
    typed, touched = (None, None)
    if request.method == "POST":
        typed, touched = (None, request.POST) if "credential" in request.POST else (request.POST, None)
    return ProveAgainForm(user=request.user, data=typed), ProvePasskeyAgainForm(user=request.user, data=touched)


@only_sent_to
def lock(request):
    """Locks now: by the button, or by the page itself after a quarter of an hour, with what stands in its form."""
    page = safe_next(request, request.POST.get("page", ""))
    if page and request.POST.get("typed"):
        drafts.save(request.user, page.partition("?")[0], QueryDict(request.POST["typed"]))
    session_clock.lock(request)
    return redirect(with_next("account_unlock", page))


@only_sent_to
def awake(request):
    """Somebody is at work on a page without sending anything: the clock begins anew, as at any request."""
    return HttpResponse(status=204)
