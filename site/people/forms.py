"""What somebody types to sign in, and to say who they are."""

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from .models import User

CODE_INPUT = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12, "autocapitalize": "none"}


def address_input() -> forms.EmailInput:
    return forms.EmailInput(attrs={"autocomplete": "username email", "autocapitalize": "none", "spellcheck": "false"})


class RequestCodeForm(RequestLoginCodeForm):
    """Asks for the address that the code goes to; known and unknown addresses are both right."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget = address_input()
        self.fields["email"].error_messages["required"] = _("Type your e-mail address.")

    @property
    def user(self) -> User | None:
        """Whose address this is, once the form is valid; nobody's, or a closed account's, is None."""
        return self._user


class CodeForm(ConfirmLoginCodeForm):
    """Asks for the code that was mailed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the e-mail")
        self.fields["code"].widget = forms.TextInput(attrs=CODE_INPUT)
        self.fields["code"].error_messages["required"] = _("Type the code from the e-mail.")


class PasswordLoginForm(LoginForm):
    """An address and its password; allauth leaves the password out where making an account does not ask for one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget = address_input()
        self.fields["password"].label = _("Password")
        self.fields["password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        self.fields["password"].help_text = ""

    def _setup_password_field(self) -> None:
        """Keeps the field."""
