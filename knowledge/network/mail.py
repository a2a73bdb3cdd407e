"""What was asked and what was decided about an organisation or a member, told to whom it concerns."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage

from .models import Membership, Organisation

ASKED_A_DAY = 5


def organisation_confirmed(organisation: Organisation) -> None:
    """To who proposed it: the organisation is known now, and so is the membership."""
    if organisation.proposed_by:
        _send("organisation_confirmed", _("%(name)s is now known to us"), organisation, to=organisation.proposed_by)


def organisation_refused(organisation: Organisation, *, to, reason: str) -> None:
    """To each person who asked to belong to it."""
    _send("organisation_refused", _("About %(name)s"), organisation, to=to, reason=reason)


def member_confirmed(membership: Membership) -> None:
    """To the new member."""
    _send("member_confirmed", _("You belong to %(name)s"), membership.organisation, to=membership.user)


def member_refused(membership: Membership, *, reason: str) -> None:
    """To who asked to be a member."""
    _send("member_refused", _("About your request for %(name)s"), membership.organisation, to=membership.user, reason=reason)


def member_asks(organisation: Organisation) -> None:
    """To each of its coordinators: somebody asks to join. Who it is stands behind the sign-in only."""
    if organisation.state != Organisation.State.CONFIRMED:  # the team decides first whether it is one
        return
    for coordinator in organisation.memberships.coordinators().select_related("user"):
        if not _heard_enough(organisation, coordinator.user):
            _send("member_asks", _("Somebody asks to join %(name)s"), organisation, to=coordinator.user)


def coordinator_made(membership: Membership) -> None:
    """To who coordinates the trainings from now on."""
    _send("coordinator_made", _("You coordinate the trainings of %(name)s"), membership.organisation, to=membership.user)


def coordinator_ended(membership: Membership) -> None:
    """To who coordinated them until now."""
    _send("coordinator_ended", _("About your role at %(name)s"), membership.organisation, to=membership.user)


def member_ended(membership: Membership) -> None:
    """To who no longer belongs to the organisation, as somebody else says."""
    _send("member_ended", _("You no longer belong to %(name)s"), membership.organisation, to=membership.user)


def organisation_merged(gone: Organisation, stays: Organisation, *, to) -> None:
    """To each member of the one that went up in the other."""
    _send("organisation_merged", _("Your organisation is called %(name)s with us now"), stays, to=to, gone=gone)


def _heard_enough(organisation: Organisation, person) -> bool:
    """Whether so many asked today that the page says enough: who asks, takes it back and asks again fills no mailbox."""
    since = timezone.now() - timedelta(days=1)
    told = OutboxMessage.objects.about(f"organisation:{organisation.pk}").filter(kind="member_asks", created_at__gt=since)
    return told.filter(to__iexact=person.email).count() >= ASKED_A_DAY


def _send(kind: str, subject: str, organisation: Organisation, *, to, **facts) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        context = facts | {
            "organisation": organisation,
            "person": to,
            "site_url": settings.SITE_URL,
            "mine_url": f"{settings.SITE_URL}{reverse('network:mine')}",
            "members_url": f"{settings.SITE_URL}{reverse('network:members', args=[organisation.pk])}",
        }
        subject = subject % {"name": organisation.name}
        text = render_to_string(f"network/mail/{kind}.txt", context).strip() + "\n"
        outbox.queue(kind=kind, to=to.email, subject=subject, text=text, about=f"organisation:{organisation.pk}")
