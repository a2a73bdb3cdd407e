"""Small views of the site itself."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from shared.stylesheet import serve, stylesheet

from .frame import stylesheet_address
from .models import BrandSettings


@require_safe
def styles(request, digest):
    """The stylesheet; an old address leads to today's."""
    brand = BrandSettings.for_request(request)
    sheet = stylesheet(brand.declarations)
    return serve(request, sheet) if sheet.digest == digest else redirect(stylesheet_address(brand))


def not_found(request, exception=None):
    """What is not there and what one may not see look the same."""
    return render(request, "404.html", status=404)


def broken(request):
    """Stands alone: whatever broke may be what the frame needs."""
    return render(request, "500.html", status=500)
