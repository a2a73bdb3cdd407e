"""Who coordinates the trainings of an organisation, and who no longer belongs to it."""

from django.db import transaction

from . import mail
from .history import Verb, record_member
from .models import Membership, Organisation
from .refusals import LastCoordinator, NotAMember

ACTIVE, ENDED = Membership.State.ACTIVE, Membership.State.ENDED
MEMBER, COORDINATOR = Membership.Role.MEMBER, Membership.Role.COORDINATOR


@transaction.atomic
def make_coordinator(membership: Membership, *, by) -> None:
    """This member coordinates the trainings too, and hears so. Raises `NotAMember`."""
    membership = _locked(membership)
    if membership.role == COORDINATOR:
        return
    membership.role = COORDINATOR
    membership.save(update_fields=["role"])
    record_member(membership, Verb.COORDINATOR_MADE, by=by)
    if membership.user != by:
        mail.coordinator_made(membership)


@transaction.atomic
def make_member(membership: Membership, *, by, knowingly: bool = False) -> None:
    """This person coordinates no longer, but still belongs here. Raises `NotAMember`, and `LastCoordinator` unless `knowingly`."""
    membership = _locked(membership)
    if membership.role == MEMBER:
        return
    _refuse_the_last(membership, knowingly)
    membership.role = MEMBER
    membership.save(update_fields=["role"])
    record_member(membership, Verb.COORDINATOR_ENDED, by=by)
    if membership.user != by:
        mail.coordinator_ended(membership)


@transaction.atomic
def end(membership: Membership, *, by, knowingly: bool = False) -> None:
    """This person no longer works here. Raises `NotAMember`, and `LastCoordinator` unless `knowingly`."""
    membership = _locked(membership)
    _refuse_the_last(membership, knowingly)
    # The role stays on the row: it says what this person was.
    membership.state = ENDED
    membership.save(update_fields=["state"])
    record_member(membership, Verb.LEFT, by=by)
    if membership.user != by:
        mail.member_ended(membership)


def is_last(membership: Membership) -> bool:
    """Whether nobody else coordinates the trainings of this organisation."""
    others = Membership.objects.coordinators().filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
    return membership.is_coordinator and not others.exists()


def _refuse_the_last(membership: Membership, knowingly: bool) -> None:
    if not knowingly and is_last(membership):
        raise LastCoordinator


def _locked(membership: Membership) -> Membership:
    # The organisation is locked before its coordinators are counted: of two who leave at the same time, one is the last.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    found = Membership.objects.select_related("user").filter(pk=membership.pk, organisation=organisation, state=ACTIVE).first()
    if found is None:
        raise NotAMember
    found.organisation = organisation
    return found
