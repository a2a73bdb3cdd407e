"""Pages for some roles: for all others they are not there."""

from functools import wraps

from django.http import Http404

from casework.access import has_role


def only_for(*kinds: str):
    """404 for who has none of these roles."""

    def decorate(view):
        @wraps(view)
        def asked(request, *args, **kwargs):
            if not has_role(request.user, *kinds):
                raise Http404
            return view(request, *args, **kwargs)

        return asked

    return decorate
