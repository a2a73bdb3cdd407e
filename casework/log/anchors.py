"""Anchors of the audit log: once a day how far it came, kept where casework can't take it back, and mailed to be kept elsewhere."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from casework.models import AuditEvent, Role
from exchange.models import AuditAnchor
from people.models import User
from shared import outbox

from . import audit

MAIL = "casework_anchor"


def drop_due() -> AuditAnchor | None:
    """The worker's part: writes today's anchor, when there is none yet and there is something to hold."""
    today = timezone.localdate()
    if AuditAnchor.objects.filter(day=today).exists():
        return None
    head = AuditEvent.objects.order_by("-number").first()
    return _drop(head, today) if head else None


def _drop(head: AuditEvent, day) -> AuditAnchor:
    anchor = AuditAnchor(day=day, event=head.number, mac=head.mac)
    # Another database: written first. What stops in between leaves an anchor of which the log does not know, and that is no fault.
    anchor.save(force_insert=True)
    with transaction.atomic():
        for officer in officers():
            _mail(anchor, officer.email)
        audit.record("anchored", by=None, event=anchor.event)
    return anchor


def officers():
    """The data protection officers who can sign in."""
    return User.objects.filter(roles__kind=Role.Kind.DPO, is_active=True).order_by("pk")


def _mail(anchor: AuditAnchor, address: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("casework/mail/anchor.txt", {"anchor": anchor, "mac": spaced(anchor.mac)}).strip() + "\n"
        outbox.queue(kind=MAIL, to=address, subject=_("Anchor of the log, %(day)s") % {"day": anchor.day.isoformat()}, text=text)


def spaced(mac: str) -> str:
    """A MAC in groups of eight, as people compare it."""
    return " ".join(mac[at : at + 8] for at in range(0, len(mac), 8))
