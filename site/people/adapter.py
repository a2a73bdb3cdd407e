"""How allauth fits in: its mail goes through the outbox, and its secrets are kept sealed."""

import base64
from email.utils import parseaddr

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from shared import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Messages about an account are secret: staff never see their text, and it is erased once sent."""

    def send_mail(self, template_prefix, email, context):
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
        message = self.render_mail(template_prefix, email, context | {"site_url": settings.SITE_URL, "sender": sender})
        outbox.queue(
            kind=template_prefix.replace("/", "-"), to=email, subject=message.subject, text=message.body, secret=True
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP seeds and recovery seeds encrypted; allauth itself keeps them in the clear."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    digest = salted_hmac("people.second-factor-seeds", "v1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
