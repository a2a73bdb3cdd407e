"""The addresses of catalogue, calendar, bookings and `/mijn/`."""

from . import booking, catalogue

app_name = "trainings"
urlpatterns = booking.urlpatterns + catalogue.urlpatterns
