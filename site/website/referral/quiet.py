"""Pages that know nobody: no session is read, nothing is kept, and no other page learns which one somebody came from."""

from functools import wraps

from django.shortcuts import render as render_page
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters

# Not "no-referrer": browsers then send `Origin: null` along with a form, which the guard against forged forms must refuse.
# With this one only the name of the host is ever told, never which page of it.
REFERRER_POLICY = "strict-origin"


def quiet(view):
    """Decorates a view: middleware that asks who somebody is leaves it alone, and no answer of it is kept anywhere."""

    @wraps(view)
    @sensitive_post_parameters()
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = REFERRER_POLICY
        return response

    wrapped.reads_no_session = True
    return wrapped


def render(request, template: str, context: dict, status: int = 200):
    """A page in the frame that asks for no user; messages lie in a session, so there are none."""
    return render_page(request, f"website/referral/{template}.html", {"messages": ()} | context, status=status)
