"""The door: an address and a code, a password, or a passkey."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmLoginCodeView, LoginView
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .forms import RequestCodeForm
from .signin import safe_next, send_code, with_next


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    """Asks for the address; the same page makes an account."""
    next_url = safe_next(request)
    if request.method == "POST" or request.user.is_authenticated:
        return send_code(request, request.POST.get("email", ""), next_url)
    return render(request, "account/login.html", {"form": RequestCodeForm(), "next": next_url})


class PasswordView(LoginView):
    """The same door with a password; whoever waits for a code may still come in here."""

    template_name = "account/login_password.html"
    http_method_names = ["get", "head", "post"]

    def _redirect_to_pending_stage(self, request, stage):
        clear_login(request)


class CodeView(ConfirmLoginCodeView):
    """Where the mailed code is typed."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if getattr(response, "url", "") != reverse("account_request_login_code"):
            return response
        if not len(messages.get_messages(request)):
            messages.error(request, _("That code no longer counts. Ask for a new one."))
        return redirect(with_next("account_login", safe_next(request)))

    def _verify_form_valid(self, form):
        if not self._process.user:  # nobody got this code: the address belongs to a closed account
            return self.form_invalid(form)
        _know_address(self._process.user, self._process.state["email"])
        return super()._verify_form_valid(form)


def _know_address(user, address: str) -> None:
    # An account made by the team has no row for its address yet; without one allauth would mail a second code.
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True, "verified": False})


def to_login(request):
    """Older names of the one door."""
    return redirect(with_next("account_login", safe_next(request)))
