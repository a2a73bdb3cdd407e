"""The addresses of the casework zone; all but the sign-in and what a balancer asks need somebody who signed in."""

from django.urls import include, path

from casework.views import frame
from shared import health

handler400 = "casework.views.frame.refused"
handler403 = handler404 = "casework.views.frame.not_found"
handler500 = "casework.views.frame.broken"

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/stijl-<slug:digest>.css", frame.styles, name="stylesheet"),
    path("account/", include("casework.urls.account")),
    path("", include("casework.urls")),
]
