"""Every route of the zone under test: what a walk over all addresses begins with."""

from django.urls import get_resolver


def routes(resolver=None, path="", namespace=""):
    """Every route of the zone: its path, its full name, and the module of its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = f"{path}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, here, inner)
        else:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield here, f"{namespace}{pattern.name}", view.__module__
