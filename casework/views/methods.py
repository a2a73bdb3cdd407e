"""How a view is asked: as a page whose form is filled in, or only as the end of a form that stands on another page."""

from django.views.decorators.http import require_http_methods, require_POST

fills_in = require_http_methods(["GET", "HEAD", "POST"])


def only_sent_to(view):
    """A view without a page of its own; `drafts` then looks for the page above it."""
    guarded = require_POST(view)
    guarded.only_sent_to = True
    return guarded
