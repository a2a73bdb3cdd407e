"""Who may book a session, and how many seats: looked at under the lock, and told before anybody begins to type."""

from dataclasses import dataclass

from knowledge.network.models import Membership, Organisation

from .models import Booking, Session, TrainingPage
from .refusals import NoHeadCount, NotForThisSector, NotInvited, PrerequisiteNotMet, TooManyOfOneOrganisation

Approval = TrainingPage.Approval
Audience = Session.Audience


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: by whom, for which organisation, how many seats, and what they declare."""

    by: object
    organisation: Organisation | None
    seats: int
    head_count: bool = False
    prerequisites_met: bool = False


def refuse(session: Session, wish: Wish) -> None:
    """Raises the first rule of training or session that this wish breaks; the session is locked by the caller."""
    if not session.training.is_for(wish.organisation):
        raise NotForThisSector
    if not is_invited(session, wish.by, wish.organisation):
        raise NotInvited
    if wish.head_count and not session.head_count:
        raise NoHeadCount
    if not wish.prerequisites_met and session.training.prerequisites.exists():
        raise PrerequisiteNotMet
    left = seats_for(session, wish.organisation, wish.by)
    if left is not None and wish.seats > left:
        raise TooManyOfOneOrganisation(left)


def is_invited(session: Session, user, organisation: Organisation | None) -> bool:
    """Whether this person may book for this organisation, as far as the session is not for everybody."""
    if session.audience == Audience.ORGANISATIONS:
        return organisation is not None and session.organisations.filter(pk=organisation.pk).exists()
    if session.audience == Audience.INVITED:
        return user.email.lower() in invited(session)
    return True


def invited(session: Session) -> list[str]:
    """The addresses that were invited, in small letters."""
    return session.invited.lower().split()


def seats_for(session: Session, organisation: Organisation | None, by) -> int | None:
    """How many seats this organisation, or who books for none, can still ask for, whoever waits included; None without a limit."""
    if session.seats_per_organisation is None:
        return None
    asked = session.participants.active().filter(booking__organisation=organisation)
    if organisation is None:  # whoever books for none counts alone: else that would be the way round the limit
        asked = asked.filter(booking__booked_by=by)
    return max(session.seats_per_organisation - asked.count(), 0)


def first_stage(session: Session, by, organisation: Organisation | None) -> str:
    """Whose approval a new booking awaits: nobody's, the team's, or first that of a training coordinator.

    A coordinator need not ask oneself; where the organisation has no coordinator, the team decides at once. In a session for some
    organisations only the team also decides about who is not known to belong there.
    """
    if session.audience == Audience.ORGANISATIONS and not _belongs_to(by, organisation):
        return Booking.Stage.TEAM  # whoever types the name of an organisation is not of it yet
    if session.approval != Approval.COORDINATOR or organisation is None:
        return Booking.Stage.TEAM if session.approval else Booking.Stage.NONE
    coordinators = organisation.memberships.active().filter(role=Membership.Role.COORDINATOR).values_list("user", flat=True)
    return Booking.Stage.COORDINATOR if coordinators and by.pk not in coordinators else Booking.Stage.TEAM


def _belongs_to(user, organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.memberships.active().filter(user=user).exists()
