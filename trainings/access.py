"""Who may see and do what in the trainings: bookers their own, organisers everything."""

from shared.team_screens import only_with

ORGANISE = "trainings.organise"
# A view that is not there for anybody else.
organisers_only = only_with(ORGANISE)


def may_organise(user) -> bool:
    """Whether this person plans sessions and manages bookings for the team."""
    return user.is_active and user.has_perm(ORGANISE)
