"""Who may see and do what in the trainings: bookers their own, organisers everything."""

from functools import wraps

from django.http import Http404

ORGANISE = "trainings.organise"


def may_organise(user) -> bool:
    """Whether this person plans sessions and manages bookings for the team."""
    return user.is_active and user.has_perm(ORGANISE)


def organisers_only(view):
    """A view that is not there for anybody else."""

    @wraps(view)
    def for_organisers(request, *args, **kwargs):
        if not may_organise(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return for_organisers
