"""Deny by default: who did not sign in sees the sign-in, whatever the address."""

from django.http import Http404
from django.shortcuts import redirect

from people.signin import with_next

# The sign-in, what it is made of, and what a balancer asks. Files under /static/ never come this far.
OPEN = {"account_login", "mfa_authenticate", "mfa_login_webauthn", "account_logout", "stylesheet", "live", "ready"}
OPEN |= {"account_invitation", "account_invitation_password"}
# The city's own sign-in, where the settings name one.
OPEN |= {"openid_connect_login", "openid_connect_callback", "socialaccount_login_error", "socialaccount_login_cancelled"}
# Pages of allauth that this zone does not have: no accounts made by oneself, no addresses changed, no password by mail.
CLOSED = {
    *("account_signup", "account_inactive", "account_email", "account_confirm_email", "account_email_verification_sent"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "account_confirm_password_reset_code", "account_password_reset_completed"),
    *("account_request_login_code", "account_confirm_login_code", "account_set_password"),
    *("socialaccount_signup", "socialaccount_connections"),
}


class SignedInMiddleware:
    """Sends a stranger to the sign-in, before any view is asked and also where there is no page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = request.resolver_match is not None
        if response.status_code == 404 and not is_page and not request.user.is_authenticated:
            return redirect("account_login")
        return response

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if name in CLOSED:
            raise Http404
        if request.user.is_authenticated or name in OPEN:
            return None
        return redirect(with_next("account_login", request.get_full_path() if request.method == "GET" else ""))
