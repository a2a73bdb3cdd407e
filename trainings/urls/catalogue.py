"""The public addresses of catalogue, training pages, calendar and feeds."""

from django.urls import path

from trainings.views import calendar, catalogue

urlpatterns = [
    path("vormingen/", catalogue.catalogue, name="catalogue"),
    path("vormingen/tekeningen-<slug:digest>.svg", catalogue.drawings, name="drawings"),
    path("vormingen/rss.xml", catalogue.news, name="news"),
    path("vormingen/kalender/", calendar.month, name="calendar"),
    path("vormingen/kalender.ics", calendar.feed, name="calendar-feed"),
    path("vormingen/sessie/<slug:code>.ics", calendar.session_agenda, name="session-agenda"),
    path("vormingen/<slug:slug>.ics", calendar.training_agenda, name="training-agenda"),
    path("vormingen/<slug:slug>/", catalogue.training, name="training"),
]
