"""The site's own pages that Wagtail does not serve."""

from django.urls import path

from website import views
from website.own import views as own

app_name = "website"
urlpatterns = [
    path("aanspreekpunt/vraag/", views.ask, name="question"),
    path("aanspreekpunt/vraag/verstuurd/", views.question_sent, name="question-sent"),
    path("mijn/gegevens/", own.index, name="own-data"),
    path("mijn/gegevens/mijn-gegevens.json", own.export, name="own-data-export"),
    path("mijn/gegevens/verwijderen/", own.remove, name="own-data-remove"),
    path("mijn/gegevens/verwijderd/", own.removed, name="own-data-removed"),
]
