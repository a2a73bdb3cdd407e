"""The site's own pages that Wagtail does not serve."""

from django.urls import path

from website import views

app_name = "website"
urlpatterns = [
    path("aanspreekpunt/vraag/", views.ask, name="question"),
    path("aanspreekpunt/vraag/verstuurd/", views.question_sent, name="question-sent"),
]
