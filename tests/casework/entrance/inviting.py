"""Somebody who is invited by two people, for tests."""

from datetime import timedelta

from django.utils import timezone

from casework.entrance import invitations, seals
from casework.models import Invitation

WHO = {"email": "Sofie@stad.demo", "first_name": "Sofie", "last_name": "Nieuw", "roles": ["case_manager"]}


def approved(admin, second, **changes) -> tuple[Invitation, tuple[str, str]]:
    proposal, one = invitations.invite(**WHO | changes, by=admin)
    invitation, two = invitations.approve(proposal.pk, by=second)
    return invitation, (one, two)


def run_out(invitation, halves):
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    seals.seal_invitation(invitation).save()
