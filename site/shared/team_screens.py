"""What every screen of ours in the team's admin has: a title, the way back, and who may see it.

For the rooms of the public zone only: the casework zone has no Wagtail.
"""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def only_with(permission: str):
    """A view that is not there for who lacks this permission."""

    def decorate(view):
        @wraps(view)
        def allowed(request, *args, **kwargs):
            if not (request.user.is_active and request.user.has_perm(permission)):
                raise Http404
            return view(request, *args, **kwargs)

        return allowed

    return decorate


def screen(request, template: str, title: str, context: dict, *, path=(), icon: str, status: int = 200):
    """An answer in the admin's frame; `path` is the way from the dashboard to here, as (name, address)."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        *({"url": url, "label": label} for label, url in path),
        {"url": "", "label": title},
    ]
    frame = {"header_title": title, "header_icon": icon, "breadcrumbs_items": crumbs}
    return render(request, template, frame | context, status=status)
