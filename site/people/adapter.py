"""How allauth fits in: its mail goes through the outbox, its secrets are kept sealed, its sentences are ours."""

import base64
from datetime import timedelta
from email.utils import parseaddr
from io import BytesIO

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shared import outbox

from .second_factor import STRONG, needs_second_factor
from .signin import safe_next

# Of every kind of code: to sign in, to prove an address, to choose a new password.
CODE_IS_VALID_FOR = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code of your app"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}

PASSWORD_FAULTS = {
    "password_too_short": _("This password is too short: type at least %(min_length)s characters."),
    "password_too_common": _("Many people use this password. Choose another one."),
    "password_too_similar": _("This password looks too much like your name or your address. Choose another one."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Messages about an account are secret: staff never see their text, and it is erased once sent or failed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both, or ask for a code by e-mail."
        ),
        "enter_current_password": _("This is not your password of now."),
        "incorrect_code": _("This code is not right. Look in the newest e-mail and type the six digits."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "duplicate_email": _("This is your address already."),
        "email_taken": _("Another account has this address already."),
    }

    def clean_password(self, password, user=None):
        """Says what is wrong with a new password as we say things, whichever rule it breaks."""
        try:
            return super().clean_password(password, user=user)
        except ValidationError as refusal:
            faults = [ValidationError(PASSWORD_FAULTS.get(e.code, e.message), e.code, e.params) for e in refusal.error_list]
            raise ValidationError(faults) from refusal

    def is_safe_url(self, url):
        """Where any page of an account leads on to: within this site, as our own door has it."""
        return bool(safe_next(self.request, url))

    def send_mail(self, template_prefix, email, context):
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
        message = self.render_mail(template_prefix, email, context | {"site_url": settings.SITE_URL, "sender": sender})
        outbox.queue(
            kind=template_prefix.replace("/", "-"),
            to=email,
            subject=message.subject,
            text=message.body,
            secret=True,
            valid_for=CODE_IS_VALID_FOR if "code" in context else None,
        )

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS.get(way["id"], way["description"])} for way in ways]

    def get_login_redirect_url(self, request):
        """Who has no name yet is welcomed first and the team begins at its desk, unless on the way to somewhere."""
        if settings.WELCOME_URL and not request.user.get_full_name():
            return resolve_url(settings.WELCOME_URL)
        if request.user.has_perm("wagtailadmin.access_admin"):
            return settings.TEAM_URL
        return super().get_login_redirect_url(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP seeds and recovery seeds encrypted; allauth itself keeps them in the clear."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your account needs a second step. Set up another one first."),
        "incorrect_code": _("This code is not right, or was used already. Wait for the next code in the app and type that one."),
        "unverified_email": _("Prove your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        """The last strong factor of an account that must have one stays."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG).exclude(pk=authenticator.pk)
        return not needs_second_factor(authenticator.user) or others.exists()

    def generate_authenticator_name(self, user, type) -> str:
        """What the name of a new passkey is until its owner chooses another."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def build_totp_svg(self, url: str) -> str:
        """Black on white in dark mode too: what has no ground of its own can't be scanned there."""
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=6, light="white")
        return drawing.getvalue().decode()

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


def _fernet() -> Fernet:
    digest = salted_hmac("people.second-factor-seeds", "v1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
