"""What waits for somebody, from every part of the zone: each adds a function to `SOURCES`, and My work shows what they give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .access import has_role
from .models import Invitation, Role


@dataclass(frozen=True)
class Item:
    """One thing to do: a sentence, the reason in smaller print, and the page where it is done."""

    title: str
    text: str
    url: str


def approvals(user) -> Iterator[Item]:
    """Proposals about accounts that wait for a second person."""
    if not has_role(user, Role.Kind.ADMINISTRATOR, Role.Kind.CASE_MANAGER):
        return
    titles = {
        Invitation.Kind.NEW: _("Approve an invitation"),
        Invitation.Kind.RESET: _("Approve a new sign-in"),
        Invitation.Kind.ROLES: _("Approve other roles"),
    }
    for proposal in Invitation.objects.decidable_by(user).select_related("proposed_by"):
        text = _("%(person)s, proposed by %(proposer)s") % {"person": proposal.name, "proposer": proposal.proposed_by}
        yield Item(titles[Invitation.Kind(proposal.kind)], text, reverse("casework:proposal", args=[proposal.pk]))


SOURCES: list[Callable[..., Iterator[Item]]] = [
    approvals,
]


def things_to_do(user) -> list[Item]:
    """All that waits for this account, in the order of the sources."""
    return [item for source in SOURCES for item in source(user)]
