"""How allauth fits into this zone: nobody makes an account, nothing is mailed, and nobody outside can lock somebody out."""

from allauth.core import context
from django.utils.translation import gettext_lazy as _

from people.adapter import AccountAdapter as PeopleAdapter

from . import drafts, limits, step_up


class AccountAdapter(PeopleAdapter):
    """Passwords are tried within this zone's limits; nothing that allauth would mail leaves."""

    error_messages = PeopleAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both. "
            "Forgot your password? Ask an administrator for a new sign-in."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """No code, link or word about an account goes by mail."""

    def pre_authenticate(self, request, **credentials):
        self.attempt = limits.attempt(limits.PASSWORD, request, str(credentials.get("email", "")).strip().lower())
        if not self.attempt.allowed:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self):
        """allauth says here that the password was right."""
        self.attempt.forgiven()

    def reauthenticate(self, user, password):
        """allauth would look for an address among those somebody proved; here it is that of the account."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, app):
        """Before changing means to sign in: not where the second factor was proved a moment ago."""
        return not step_up.is_fresh(context.request)

    def get_reauthentication_methods(self, user):
        """The second factor, and the password only for who has none yet."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != "reauthenticate"] or ways

    def logout(self, request):
        """Signing out forgets what was kept for coming back."""
        drafts.forget(request.user)
        super().logout(request)
