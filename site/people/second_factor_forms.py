"""What somebody types or touches to prove a second factor; a code from the app counts once."""

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .forms import PlainFields, code_input

UNREADABLE = _("This passkey did not work. Try again, or choose another way.")


def spend(user, code: str) -> bool:
    """Marks this code of the app as used; False when it was used before.

    allauth forgets a used code after one period, though it accepts it for the periods around it as well,
    and it does not count the code that set the app up.
    """
    figures = "".join(filter(str.isdigit, code))
    key = salted_hmac("people.spent-codes", f"{user.pk}:{figures}", algorithm="sha256").hexdigest()
    periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
    return cache.add(f"spent-code:{key}", True, timeout=30 * periods)


class OnceOnly:
    """Refuses a code of the app that was accepted before."""

    def clean_code(self) -> str:
        code = super().clean_code()
        authenticator = getattr(self, "authenticator", None)
        from_app = authenticator is None or authenticator.type == Authenticator.Type.TOTP
        if from_app and not spend(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SetUpAppForm(OnceOnly, PlainFields, ActivateTOTPForm):
    """The first code of the app, to show that it works.

    allauth keeps the seed in the session, in the clear, until the code is there; whoever stops halfway would leave it there.
    """

    labels = {"code": _("Code from the app")}
    widgets = {"code": code_input}

    def __init__(self, *args, **kwargs):
        session = context.request.session
        offered = session.pop(SECRET_SESSION_KEY, None)
        super().__init__(*args, **kwargs)
        if self.is_bound and offered:
            self.secret = decrypt(offered)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)


class ProveForm(OnceOnly, PlainFields, base.AuthenticateForm):
    """A code of the app, or one of the recovery codes, to finish signing in."""

    labels = {"code": _("Code from the app, or a recovery code")}
    widgets = {"code": code_input}


class ProveAgainForm(OnceOnly, PlainFields, base.ReauthenticateForm):
    """A code of the app, or one of the recovery codes, before something that matters."""

    labels = {"code": _("Code from the app, or a recovery code")}
    widgets = {"code": code_input}


class ReadablePasskey:
    """One sentence for whatever is wrong with what the browser sent: unknown key, wrong challenge, no passkey at all."""

    def clean(self):
        return self._read(super().clean)

    def clean_credential(self):
        return self._read(getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"]))

    def _read(self, clean):
        try:
            return clean()
        except forms.ValidationError as error:
            if error.code == "too_many_login_attempts":
                raise
            raise forms.ValidationError(UNREADABLE) from error
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:  # a forged answer trips the parser anywhere
            raise forms.ValidationError(UNREADABLE) from error


class AddPasskeyForm(ReadablePasskey, PlainFields, passkeys.AddWebAuthnForm):
    """A passkey and a name to know it by; always one that is unlocked by finger, face or PIN, so that it can do alone."""

    labels = {"name": _("Name of this passkey")}
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("For example the device it is on: work laptop, phone.")

    def clean_passwordless(self) -> bool:
        return True


class PasskeyLoginForm(ReadablePasskey, passkeys.LoginWebAuthnForm):
    """A passkey instead of address and code."""


class ProvePasskeyForm(ReadablePasskey, passkeys.AuthenticateWebAuthnForm):
    """A passkey to finish signing in."""


class ProvePasskeyAgainForm(ReadablePasskey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""


class RenamePasskeyForm(PlainFields, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("Name of this passkey")}
