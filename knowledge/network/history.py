"""Writing down what was decided about an organisation and about who belongs to it."""

from .models import Membership, Organisation, OrganisationEvent

Verb = OrganisationEvent.Verb


def record(organisation: Organisation, verb: Verb, *, by, person=None, detail: str = "") -> None:
    """Keeps what happened, in the transaction in which it happens."""
    OrganisationEvent.objects.create(organisation=organisation, verb=verb, person=person, by=by, detail=detail[:300])


def record_member(membership: Membership, verb: Verb, *, by, detail: str = "") -> None:
    """Keeps what happened to somebody's membership."""
    record(membership.organisation, verb, by=by, person=membership.user, detail=detail)
