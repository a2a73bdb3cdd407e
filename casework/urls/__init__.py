"""The addresses of casework, one module for each part of the menu."""

from django.urls import include, path

from casework.views import desk

app_name = "casework"
urlpatterns = [
    path("", desk.my_work, name="my-work"),
    path("aanmeldingen/", include("casework.urls.referrals")),
    path("toegang/", include("casework.urls.access")),
    path("logboek/", include("casework.urls.log")),
    path("alarmen/", include("casework.urls.alarms")),
]
