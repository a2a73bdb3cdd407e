"""Mails of this zone: they say that something happened, never what, to whom, or with which code."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from shared import outbox

from .models import Role


def sign_in_reset(account) -> None:
    """Tells the holder and the data protection officers that somebody's sign-in ended and begins anew."""
    officers = Role.objects.filter(kind=Role.Kind.DPO, user__is_active=True).exclude(user=account)
    _tell(account.email, _("Your sign-in for casework"), "sign_in_reset")
    for address in officers.values_list("user__email", flat=True):
        _tell(address, _("A sign-in for casework was renewed"), "sign_in_reset_officer")


def loss_accepted(loss) -> None:
    """Tells the data protection officers which rows of the log a restore lost, as far as somebody accepted."""
    officers = Role.objects.filter(kind=Role.Kind.DPO, user__is_active=True)
    with translation.override(settings.LANGUAGE_CODE):
        for address in officers.values_list("user__email", flat=True):
            _tell(address, _("Rows of the log were lost by a restore"), "loss_accepted", loss=loss)


def _tell(address: str, subject: str, name: str, **more) -> None:
    text = render_to_string(f"casework/mail/{name}.txt", {"site_url": settings.SITE_URL, "contact": settings.BRAND} | more)
    outbox.queue(kind=f"casework-{name}", to=address, subject=subject, text=text)
