"""Who may act for which organisation."""

from .models import Membership, MembershipQuerySet, Organisation, OrganisationQuerySet


def bookable_by(user) -> OrganisationQuerySet:
    """The organisations that this person may book for: one's own, those whose confirmation is still awaited included."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.of(user).exclude(state=Organisation.State.REFUSED)


def coordinated_by(user) -> OrganisationQuerySet:
    """The organisations whose trainings this person coordinates, and whose bookings of others one may therefore see."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    own = Membership.objects.coordinators().filter(user=user)
    return Organisation.objects.confirmed().filter(memberships__in=own).distinct()


def members_managed_by(user) -> MembershipQuerySet:
    """The memberships that this person decides on: of the organisations whose trainings one coordinates."""
    return Membership.objects.filter(organisation__in=coordinated_by(user))
