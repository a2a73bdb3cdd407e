"""Choosing a page to link to: what is public, and for who edits it also what is not."""

import re

from django.http import Http404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

NUMBER = re.compile("[0-9]{1,9}")
EDITING = {"add", "change", "publish", "lock"}


def choosable(pages, user):
    """Of these pages those that everybody may see, and those that this person may work on."""
    return pages.live().public() | (pages & page_permission_policy.instances_user_has_any_permission_for(user, EDITING))


def only_choosable(pages, request):
    """A hook of Wagtail's chooser: filters its lists, and opens no list below a page that is not to be seen."""
    above = request.resolver_match.kwargs.get("parent_page_id")
    if above and not choosable(Page.objects.filter(pk=above), request.user).exists():
        raise Http404
    return choosable(pages, request.user)


class ChosenPagesView(ChosenMultipleView):
    """Wagtail's answer to the choice of several pages: it tells their titles, so it must not tell others."""

    def get(self, request):
        asked = set(request.GET.getlist("id"))
        pages = Page.objects.filter(pk__in=[pk for pk in asked if NUMBER.fullmatch(pk)])
        if choosable(pages, request.user).count() < len(asked):
            raise Http404
        return super().get(request)


chosen = require_admin_access(ChosenPagesView.as_view())
