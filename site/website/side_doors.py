"""Wagtail's admin: the policy that it needs, who may be there at all, and what may stand in a frame."""

from django.conf import settings
from django.http import Http404

CMS = "/cms/"
MAY_ENTER = "wagtailadmin.access_admin"

STRICT = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
FRAMED = {"frame-ancestors": ["'self'"]}
# The admin's own pages have inline scripts and styles; its path alone gets a wider policy, behind a second factor.
ADMIN = STRICT | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}


class CmsPolicyMiddleware:
    """Gives answers below `/cms/` their policy, and hides that address from who has no business there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(CMS):
            _give_policy(response)
        return response

    def process_view(self, request, view, args, kwargs):
        # Somebody who is signed in would be sent to the sign-in by Wagtail, and from there back here.
        if request.path.startswith(CMS) and request.user.is_authenticated and not request.user.has_perm(MAY_ENTER):
            raise Http404


def _give_policy(response) -> None:
    # Wagtail marks what the editor shows in a frame: previews of pages and blocks, and nothing else.
    if response.get("X-Frame-Options") == "SAMEORIGIN":
        # A preview was answered by the whole site already, with the policy of a public page.
        response.headers.pop("Content-Security-Policy", None)
        response._csp_replace = STRICT | FRAMED
    else:
        response._csp_replace = ADMIN
