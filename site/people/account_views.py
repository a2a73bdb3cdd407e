"""The account: everything about it on one page, and one's name."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .devices import device
from .forms import NameForm
from .second_factor import needs_second_factor


@never_cache
@login_required
@require_safe
def overview(request):
    """Name, address, password, passkeys, second step and sessions, each with what one can do about it."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "must": needs_second_factor(request.user),
        "home_url": resolve_url(settings.LOGIN_REDIRECT_URL),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "account/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request):
    """Changes first and family name."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is changed."))
        return redirect("account")
    return render(request, "account/name.html", {"form": form})


class SessionsView(ListUserSessionsView):
    """Where one is signed in, and signing out everywhere else."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device(session.user_agent)
        return context
