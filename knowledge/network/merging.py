"""Two rows that mean the same organisation: one goes up in the other, and nothing is lost."""

from django.db import transaction

from . import mail
from .history import Verb, record
from .models import Membership, Organisation
from .refusals import AlreadyMerged, CannotMerge

State = Organisation.State
ACTIVE, ENDED = Membership.State.ACTIVE, Membership.State.ENDED
MEMBER, COORDINATOR = Membership.Role.MEMBER, Membership.Role.COORDINATOR


def refuse_merging(gone: Organisation, stays: Organisation) -> None:
    """Raises `CannotMerge` unless `gone` can go up in `stays`."""
    if gone.state == State.MERGED:
        raise AlreadyMerged(gone.name)
    if gone == stays or stays.state != State.CONFIRMED:
        raise CannotMerge


@transaction.atomic
def merge(gone: Organisation, stays: Organisation, *, by, detail: str = "") -> Organisation:
    """`gone` goes up in `stays`: members and mail domains move, the row stays and points to it. Gives `stays` as it is now.

    What other rooms keep for organisations they move themselves, in the same transaction. Raises `CannotMerge`.
    """
    gone, stays = lock_both(gone, stays)
    refuse_merging(gone, stays)
    told = list(gone.memberships.current().select_related("user"))
    move_memberships(gone, stays)
    gone.mail_domains.update(organisation=stays)
    gone.merged.update(merged_into=stays)
    gone.state, gone.merged_into = State.MERGED, stays
    gone.save(update_fields=["state", "merged_into"])
    record(stays, Verb.MERGED, by=by, detail=" · ".join(part for part in (f"{gone.name} ({gone.city})", detail) if part))
    for membership in told:
        mail.organisation_merged(gone, stays, to=membership.user)
    return stays


def lock_both(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Both as they are now, locked in the order of their keys, so that two who merge to and fro cannot wait for each other.

    Not as hard as for deleting: who books for one of them meanwhile need not wait.
    """
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[one.pk], locked[other.pk]


def lock_standing(organisation: Organisation) -> Organisation:
    """This one, or the one that took it up, locked: whoever begins to keep something for it and whoever merges it wait in turn.

    Sessions are locked before, as everywhere.
    """
    organisation = Organisation.objects.select_related("merged_into").get(pk=organisation.pk).standing
    found = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    # Merged while one waited for the lock: on to the one that took it up.
    return lock_standing(found) if found.merged_into_id else found


def move_memberships(gone: Organisation, stays: Organisation) -> None:
    """Everybody of `gone` belongs to `stays`; of two current memberships of one person the stronger holds, the other ends."""
    there = {row.user_id: row for row in stays.memberships.current().select_for_update().order_by("pk")}
    for row in gone.memberships.select_for_update().order_by("pk"):
        kept = there.get(row.user_id)
        if kept and row.state in Membership.CURRENT:
            kept.state, kept.role = stronger(kept, row)
            kept.save(update_fields=["state", "role"])
            row.state = ENDED
        row.organisation = stays
        row.save(update_fields=["organisation", "state"])


def stronger(one: Membership, other: Membership) -> tuple[str, str]:
    """State and role of what two current memberships of one person come to: only who is known coordinates."""
    active = [row for row in (one, other) if row.state == ACTIVE]
    counting = active or [one, other]
    role = COORDINATOR if any(row.role == COORDINATOR for row in counting) else MEMBER
    return (ACTIVE if active else one.state), role
