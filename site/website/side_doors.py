"""Closing and opening Wagtail's side doors: its own sign-in, and the policy that its admin needs."""

from django.conf import settings

CMS = "/cms/"


class CmsPolicyMiddleware:
    """Wagtail's admin has inline scripts and styles: its path alone gets a wider policy, behind a second factor.

    Previews of pages are shown in a frame by the admin, so they may be framed by this site itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(CMS):
            response._csp_replace = WIDER
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


WIDER = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "frame-ancestors": ["'self'"],
}
