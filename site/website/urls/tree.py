"""Wagtail's page tree, and nothing else of its public addresses: its own sign-in leads to ours, pages have no passwords.

Comes last: it takes every address that is left.
"""

from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern
from wagtail.views import serve

from shared.kept_answers import for_visitors

urlpatterns = [
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"),
    re_path(serve_pattern, for_visitors("site", "catalogue")(serve), name="wagtail_serve"),
]
