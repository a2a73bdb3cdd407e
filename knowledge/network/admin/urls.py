"""The addresses of the decisions; the lists have their own."""

from django.urls import path

from . import review

app_name = "partners"

urlpatterns = [
    path("organisaties/<int:pk>/", review.organisation, name="organisation"),
    path("leden/<int:pk>/", review.member, name="member"),
]
