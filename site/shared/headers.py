"""Response headers that every answer carries, whoever made it."""

from django.conf import settings
from django.utils.cache import patch_cache_control

POLICY = "Content-Security-Policy"
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


class HeadersMiddleware:
    """Adds what Django's own middleware does not, and forbids keeping what was made for one person, or keeping anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        _never_frame(response)
        if settings.NOTHING_IS_KEPT or settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            _never_keep(response)
        return response


def _never_frame(response) -> None:
    # Wagtail gives its documents a policy of their own, which leaves open who may frame them: `default-src` does not say.
    policy = response.get(POLICY, "")
    if policy and "frame-ancestors" not in policy:
        response.headers[POLICY] = f"{policy}; frame-ancestors 'none'"


def _never_keep(response) -> None:
    if "immutable" not in response.get("Cache-Control", ""):
        response.headers.pop("ETag", None)
        response.headers.pop("Cache-Control", None)
        patch_cache_control(response, private=True, no_store=True)


def static_headers(headers, path, url) -> None:
    """WhiteNoise's hook: files of our own carry the same guard as pages."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers[POLICY] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
