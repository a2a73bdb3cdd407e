"""Joining an organisation: at once by a trusted mail domain, else after the team's confirmation."""

from django.db import transaction

from .models import Membership, Organisation


@transaction.atomic
def join(organisation: Organisation, *, by) -> Membership:
    """`by` becomes a member: active when the organisation trusts the domain of the address, else requested."""
    trusted = Organisation.objects.trusting(by.email).filter(pk=organisation.pk).exists()
    state = Membership.State.ACTIVE if trusted else Membership.State.REQUESTED
    membership, _made = Membership.objects.get_or_create(
        user=by, organisation=organisation, state__in=Membership.CURRENT, defaults={"state": state}
    )
    return membership


@transaction.atomic
def propose(*, name: str, sector, city: str, by) -> Membership:
    """A new organisation that the team is to confirm, with `by` as its first member."""
    organisation = Organisation.objects.create(name=name.strip(), sector=sector, city=city.strip(), proposed_by=by)
    return join(organisation, by=by)


@transaction.atomic
def confirm(organisation: Organisation, *, by) -> None:
    """The team knows this organisation; who proposed it is a member from now on."""
    Organisation.objects.filter(pk=organisation.pk).update(state=Organisation.State.CONFIRMED)
    organisation.memberships.to_confirm().filter(user=organisation.proposed_by).update(state=Membership.State.ACTIVE)
