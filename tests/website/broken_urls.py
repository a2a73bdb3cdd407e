"""The addresses of the site, and one behind which everything breaks."""

from django.urls import path

from website.urls import public

handler404, handler500 = public.handler404, public.handler500


def breaks(request):
    raise RuntimeError("as it happens")


urlpatterns = [path("stuk/", breaks), *public.urlpatterns]
