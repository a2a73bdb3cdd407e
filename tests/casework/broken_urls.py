"""The addresses of casework, and some behind which something breaks."""

from django.core.exceptions import PermissionDenied
from django.urls import path

from casework.keyring.keys import KeyMissing
from website.urls import casework

handler400, handler403 = casework.handler400, casework.handler403
handler404, handler500 = casework.handler404, casework.handler500


def breaks(request):
    raise RuntimeError("as it happens")


def forbids(request):
    raise PermissionDenied


def closes(request):
    raise KeyMissing("as it happens")


urlpatterns = [path("stuk/", breaks), path("verboden/", forbids), path("toe/", closes), *casework.urlpatterns]
