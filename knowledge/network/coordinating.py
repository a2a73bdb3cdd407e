"""Who coordinates the trainings of an organisation, and who no longer belongs to it."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

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
    _change(membership, Verb.COORDINATOR_MADE, mail.coordinator_made, by=by, role=COORDINATOR)


@transaction.atomic
def make_member(membership: Membership, *, by, knowingly: bool = False) -> None:
    """This person coordinates no longer, but still belongs here. Raises `NotAMember`, and `LastCoordinator` unless `knowingly`."""
    membership = _locked(membership)
    if membership.role == MEMBER:
        return
    _refuse_the_last(membership, knowingly)
    _change(membership, Verb.COORDINATOR_ENDED, mail.coordinator_ended, by=by, role=MEMBER)
    _afterwards(membership)


@transaction.atomic
def end(membership: Membership, *, by, knowingly: bool = False) -> None:
    """This person no longer works here. Raises `NotAMember`, and `LastCoordinator` unless `knowingly`."""
    membership = _locked(membership)
    _refuse_the_last(membership, knowingly)
    # The role stays on the row: it says what this person was.
    _change(membership, Verb.LEFT, mail.member_ended, by=by, state=ENDED)
    if membership.role == COORDINATOR:
        _afterwards(membership)


def is_last(membership: Membership) -> bool:
    """Whether nobody else coordinates the trainings of this organisation."""
    others = Membership.objects.coordinators().filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
    return membership.is_coordinator and not others.exists()


def _change(membership: Membership, verb: Verb, tell: Callable[[Membership], None], *, by, **new: str) -> None:
    """Saves what is new, writes it down, and tells who it is about, unless that is who did it."""
    for name, value in new.items():
        setattr(membership, name, value)
    membership.save(update_fields=list(new))
    record_member(membership, verb, by=by)
    if membership.user != by:
        tell(membership)


def _refuse_the_last(membership: Membership, knowingly: bool) -> None:
    if not knowingly and is_last(membership):
        raise LastCoordinator


def _afterwards(membership: Membership) -> None:
    # Rooms that know this one name in the settings what they do in the same transaction: this one does not know them.
    for path in settings.WHEN_COORDINATING_ENDS:
        import_string(path)(membership.organisation)


def _locked(membership: Membership) -> Membership:
    # The organisation is locked before its coordinators are counted: of two who leave at the same time, one is the last.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    found = Membership.objects.select_related("user").filter(pk=membership.pk, organisation=organisation, state=ACTIVE).first()
    if found is None:
        raise NotAMember
    found.organisation = organisation
    return found
