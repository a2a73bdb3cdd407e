"""What is typed to invite somebody, to come in with a one-time code, and to prove once more who one is."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from casework.log import audit
from casework.models import Role
from people import second_factor_forms as people
from people.forms import address_input, password_rules
from shared.forms import PlainCharField

from . import limits
from .accounts import refuse_to_mix
from .refusals import RolesApart

REQUIRED = {"required": _("Fill this in.")}


class RolesForm(forms.Form):
    """What an account is for."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one role at least.")},
        help_text=_("An administrator manages accounts and reads no case. The data protection officer reads the log."),
    )

    def clean_roles(self) -> list[str]:
        kinds = self.cleaned_data["roles"]
        try:
            refuse_to_mix(kinds)
        except RolesApart as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return kinds


class InviteForm(RolesForm):
    """Who comes in, and what for."""

    first_name = PlainCharField(label=_("First name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    last_name = PlainCharField(label=_("Family name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages=REQUIRED,
        help_text=_("They sign in with this address. No mail is sent to it now."),
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["first_name", "last_name", "email", "roles"]


def half_input() -> forms.TextInput:
    return forms.TextInput(
        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 9, "class": "input--code"}
    )


class CodeForm(forms.Form):
    """The address and both halves of the code."""

    email = forms.EmailField(label=_("Your e-mail address"), error_messages=REQUIRED, widget=address_input())
    first = forms.CharField(
        label=_("First half of the code"),
        max_length=20,
        error_messages=REQUIRED,
        widget=half_input(),
        help_text=_("Six characters."),
    )
    second = forms.CharField(label=_("Second half of the code"), max_length=20, error_messages=REQUIRED, widget=half_input())

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


def new_password() -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": "new-password"})


class FirstPasswordForm(forms.Form):
    """A password of one's own, typed twice; `user` is who it is for, so that it does not look like the name."""

    password1 = forms.CharField(label=_("Password"), strip=False, error_messages=REQUIRED, widget=new_password())
    password2 = forms.CharField(label=_("The same password once more"), strip=False, error_messages=REQUIRED, widget=new_password())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = password_rules()

    def clean_password1(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)

    def clean_password2(self) -> str:
        if self.cleaned_data.get("password1") not in (None, self.cleaned_data["password2"]):
            raise forms.ValidationError(_("These two passwords are not the same."))
        return self.cleaned_data["password2"]


class Limited:
    """Counts wrong codes per account and network address, in place of allauth's count that closes an account for everybody."""

    limit = limits.SECOND_FACTOR

    def clean_code(self) -> str:
        attempt = limits.attempt(self.limit, context.request, self.user.pk)
        try:
            if not attempt.allowed:
                raise get_adapter().validation_error("too_many_login_attempts")
            code = super().clean_code()
        except forms.ValidationError:
            self._report(attempt)
            raise
        attempt.forgiven()
        return code

    def _report(self, attempt: limits.Attempt) -> None:
        if not attempt.guessed:
            return
        # One row however often somebody goes on: whoever knows a password does not fill the log.
        with limits.once(self.limit, self.user.pk) as is_first:
            if is_first:
                audit.record("refused_guessing", by=None, about=self.user)


class ProveForm(Limited, people.ProveForm):
    """A code of the app, or one of the recovery codes, to finish signing in."""

    limit = limits.SIGN_IN_CODE


class ProveAgainForm(Limited, people.ProveAgainForm):
    """A code of the app, or one of the recovery codes, to go on."""
