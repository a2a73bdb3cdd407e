"""Joining an organisation: at once by a trusted mail domain, else after the team's confirmation."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from . import coordinating, mail, merging
from .history import Verb, record, record_member
from .models import Membership, Organisation
from .refusals import NotAMember

REQUESTED, ACTIVE = Membership.State.REQUESTED, Membership.State.ACTIVE
REFUSED = Membership.State.REFUSED


@transaction.atomic
def join(organisation: Organisation, *, by) -> Membership:
    """`by` becomes a member: active when the organisation trusts the domain of the address, else requested.

    Who belonged here before, or was refused, asks: an address may outlive the work that it was for. Whoever coordinates the
    trainings there hears of a request. Who asks for one that was merged belongs to the one that took it up.
    """
    organisation = merging.lock_standing(organisation)
    trusted = Organisation.objects.trusting(by).filter(pk=organisation.pk).exists()
    membership, made = Membership.objects.get_or_create(
        user=by,
        organisation=organisation,
        state__in=Membership.CURRENT,
        defaults={"state": ACTIVE if trusted else REQUESTED},
    )
    if trusted and membership.state == REQUESTED:  # asked before the team came to trust the domain
        membership.state = ACTIVE
        membership.save(update_fields=["state"])
    if made and not trusted:
        mail.member_asks(organisation)
    return membership


@transaction.atomic
def propose(*, name: str, sector, city: str, by) -> Membership:
    """A new organisation that the team is to confirm, with `by` as a member; one of that name and city is joined."""
    name, city = " ".join(name.split()), " ".join(city.split())
    organisation = Organisation.objects.called(name, city) or _make(name=name, sector=sector, city=city, proposed_by=by)
    if organisation.state == Organisation.State.REFUSED:  # asked for again: the team looks again
        organisation.state, organisation.proposed_by = Organisation.State.PROPOSED, by
        organisation.save(update_fields=["state", "proposed_by"])
    return join(organisation, by=by)


@transaction.atomic
def leave(membership: Membership, *, by, knowingly: bool = False) -> None:
    """`by` no longer belongs here; a request is taken back, and with it a proposal that was nobody else's.

    Raises `LastCoordinator` where nobody would coordinate the trainings any more, unless `knowingly`.
    """
    if membership.state == ACTIVE and membership.user_id == by.pk:
        with suppress(NotAMember):  # ended a moment ago: what was asked for is so
            coordinating.end(membership, by=by, knowingly=knowingly)
    if membership.state == ACTIVE:
        return
    Membership.objects.filter(pk=membership.pk, user=by, state=REQUESTED).delete()
    organisation = membership.organisation
    if organisation.proposed_by_id == by.pk and not organisation.memberships.exists():
        _withdraw(organisation)


@transaction.atomic
def confirm(organisation: Organisation, *, by) -> None:
    """The team knows this organisation; who proposed it is a member from now on, and hears so."""
    if not _step(organisation, Organisation.State.PROPOSED, Organisation.State.CONFIRMED):
        return
    organisation.memberships.to_confirm().filter(user=organisation.proposed_by).update(state=ACTIVE)
    record(organisation, Verb.CONFIRMED, by=by)
    mail.organisation_confirmed(organisation)


@transaction.atomic
def refuse(organisation: Organisation, *, by, reason: str = "") -> None:
    """The team does not take this organisation up; who asked to belong to it hears why."""
    if not _step(organisation, Organisation.State.PROPOSED, Organisation.State.REFUSED):
        return
    asking = list(organisation.memberships.to_confirm().select_related("user"))
    organisation.memberships.to_confirm().update(state=REFUSED)
    record(organisation, Verb.REFUSED, by=by, detail=reason)
    for membership in asking:
        mail.organisation_refused(organisation, to=membership.user, reason=reason)


@transaction.atomic
def confirm_member(membership: Membership, *, by) -> None:
    """The team or a training coordinator knows that this person belongs to the organisation."""
    if _step(membership, REQUESTED, ACTIVE):
        record_member(membership, Verb.MEMBER_CONFIRMED, by=by)
        mail.member_confirmed(membership)


@transaction.atomic
def refuse_member(membership: Membership, *, by, reason: str = "") -> None:
    """This person does not belong to the organisation, and hears so."""
    if _step(membership, REQUESTED, REFUSED):
        record_member(membership, Verb.MEMBER_REFUSED, by=by, detail=reason)
        mail.member_refused(membership, reason=reason)


def _make(*, name: str, city: str, **facts) -> Organisation:
    try:
        # A savepoint: what the caller did before stays, and one can look again.
        with transaction.atomic():
            return Organisation.objects.create(name=name, city=city, **facts)
    except IntegrityError:
        # Somebody proposed the same at the same moment, and was first.
        if organisation := Organisation.objects.called(name, city):
            return organisation
        raise


def _step(thing, before: str, after: str) -> bool:
    # One statement decides: of two people who press at the same time one makes the step, and one mail goes out.
    made = type(thing).objects.filter(pk=thing.pk, state=before).update(state=after)
    thing.state = after if made else thing.state
    return bool(made)


def _withdraw(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk, state=Organisation.State.PROPOSED).delete()
    except ProtectedError:  # something was booked for it meanwhile: the team decides
        pass
