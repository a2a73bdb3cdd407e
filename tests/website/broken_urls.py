"""The addresses of the site, one behind which everything breaks, and one that is forbidden."""

from django.core.exceptions import PermissionDenied
from django.urls import path

from website.urls import public

handler403, handler404, handler500 = public.handler403, public.handler404, public.handler500


def breaks(request):
    raise RuntimeError("as it happens")


def forbids(request):
    raise PermissionDenied


urlpatterns = [path("stuk/", breaks), path("verboden/", forbids), *public.urlpatterns]
