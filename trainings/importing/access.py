"""Who may try a file out, and who may have it written: the rights on the catalogue's page decide."""

from functools import wraps

from django.http import Http404

from trainings.models import CataloguePage


def may_check(user) -> bool:
    """Whether this person may make trainings, and so may see what a file would change."""
    return _rights(user, "can_add_subpage")


def may_import(user) -> bool:
    """Whether this person may publish trainings, and so may confirm."""
    return may_check(user) and _rights(user, "can_publish_subpage")


def checkers_only(view):
    """A view that is not there for anybody else."""
    return _only(may_check, view)


def importers_only(view):
    """The same for those who may publish."""
    return _only(may_import, view)


def _rights(user, question: str) -> bool:
    catalogue = CataloguePage.objects.first()
    return bool(user.is_active and catalogue and getattr(catalogue.permissions_for_user(user), question)())


def _only(may, view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
