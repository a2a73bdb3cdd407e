"""What somebody types to sign in, and to keep the account in order."""

from allauth.account import forms as allauth
from allauth.account.fields import SetPasswordField
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from .models import User

LONGEST_ADDRESS = User._meta.get_field("email").max_length


REQUIRED = {
    "email": _("Type your e-mail address."),
    "login": _("Type your e-mail address."),
    "code": _("Type the code."),
    "": _("Fill this in."),
}


def password_rules() -> str:
    """What a password must be, in one sentence instead of a list."""
    lengths = [validator.min_length for validator in get_default_password_validators() if hasattr(validator, "min_length")]
    return _("At least %(length)s characters, and not one that everybody uses.") % {"length": max(lengths)} if lengths else ""


class PlainFields:
    """Takes allauth's placeholders away, which repeat the labels; `labels` and `widgets` replace what reads stiffly."""

    labels: dict = {}
    widgets: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget = self.widgets[name]() if name in self.widgets else field.widget
            field.widget.attrs.pop("placeholder", None)
            field.widget.is_required = field.required
            field.error_messages["required"] = REQUIRED.get(name, REQUIRED[""])
            if isinstance(field, SetPasswordField):
                field.help_text = password_rules()
            if isinstance(field, forms.EmailField):  # the form's own limit is longer than the column
                field.validators = [*field.validators, MaxLengthValidator(LONGEST_ADDRESS)]


def address_input() -> forms.EmailInput:
    return forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"})


def code_input() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12, "class": "input--code"})


def own_password() -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": "current-password"})


ADDRESS = {"email": _("E-mail address")}
CODE = {"code": _("Code from the e-mail")}


class RequestCodeForm(PlainFields, allauth.RequestLoginCodeForm):
    """Asks for the address that the code goes to; known and unknown addresses are both right."""

    labels = ADDRESS
    widgets = {"email": address_input}

    @property
    def user(self) -> User | None:
        """Whose address this is, once the form is valid; nobody's, or a closed account's, is None."""
        return self._user


class CodeForm(PlainFields, allauth.ConfirmLoginCodeForm):
    """Asks for the code that was mailed to sign in."""

    labels = CODE
    widgets = {"code": code_input}


class AddressCodeForm(PlainFields, allauth.ConfirmEmailVerificationCodeForm):
    """Asks for the code that was mailed to a new address."""

    labels = CODE
    widgets = {"code": code_input}


class ResetCodeForm(PlainFields, allauth.ConfirmPasswordResetCodeForm):
    """Asks for the code that was mailed to who forgot the password."""

    labels = CODE
    widgets = {"code": code_input}


class PasswordLoginForm(PlainFields, allauth.LoginForm):
    """An address and its password; allauth leaves the password out where making an account does not ask for one."""

    labels = {"login": _("E-mail address"), "password": _("Password")}
    widgets = {"login": address_input, "password": own_password}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""

    def _setup_password_field(self) -> None:
        """Keeps the field."""


class PasswordAgainForm(PlainFields, allauth.ReauthenticateForm):
    """Asks for the password once more before something that matters."""

    labels = {"password": _("Password")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ForgottenPasswordForm(PlainFields, allauth.ResetPasswordForm):
    """Asks where to mail the code that lets one choose a new password."""

    labels = ADDRESS
    widgets = {"email": address_input}


class NewPasswordForm(PlainFields, allauth.ResetPasswordKeyForm):
    """A new password for who forgot the old one."""

    labels = {"password1": _("New password"), "password2": _("The same password once more")}


class FirstPasswordForm(PlainFields, allauth.SetPasswordForm):
    """A password for an account that had none."""

    labels = {"password1": _("Password"), "password2": _("The same password once more")}


class ChangePasswordForm(PlainFields, allauth.ChangePasswordForm):
    """A new password, with the old one as proof."""

    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("The same password once more"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class ChangeAddressForm(PlainFields, allauth.AddEmailForm):
    """The address that replaces the one of now, after the code sent to it."""

    labels = {"email": _("New e-mail address")}
    widgets = {"email": address_input}


class NameForm(forms.ModelForm):
    """First and family name, on one line each."""

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": _("First name"), "last_name": _("Family name")}
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = field.widget.is_required = True
            field.error_messages["required"] = REQUIRED[""]

    def clean(self):
        cleaned = super().clean()
        return {name: " ".join(value.split()) for name, value in cleaned.items()}
