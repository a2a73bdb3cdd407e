"""The addresses of booking and of what one booked."""

from django.urls import path

from trainings.views import booking, mine

urlpatterns = [
    path("vormingen/sessie/<slug:code>/inschrijven/", booking.create, name="booking-create"),
    path("mijn/", mine.index, name="mine"),
    path("mijn/inschrijvingen/<slug:reference>/", mine.booking, name="booking-detail"),
    path("mijn/inschrijvingen/<slug:reference>/bevestigd/", booking.confirmed, name="booking-confirmed"),
    path("mijn/inschrijvingen/<slug:reference>/annuleren/", mine.cancel, name="booking-cancel"),
    path("mijn/inschrijvingen/<slug:reference>/agenda.ics", mine.agenda, name="booking-agenda"),
]
