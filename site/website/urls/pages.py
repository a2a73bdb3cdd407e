"""The site's own pages that Wagtail does not serve."""

from django.urls import path

from website import views
from website.own import views as own
from website.referral import answer_views, pages
from website.referral import views as referral

app_name = "website"
urlpatterns = [
    path("aanspreekpunt/vraag/", views.ask, name="question"),
    path("aanspreekpunt/vraag/verstuurd/", views.question_sent, name="question-sent"),
    path("aanspreekpunt/bezorgdheid/", referral.referral, name="referral"),
    path("aanspreekpunt/bezorgdheid/antwoord/", answer_views.answer, name="referral-answer"),
    path("aanspreekpunt/bezorgdheid/mag-ik-dit-melden/", pages.may_i, name="referral-may-i"),
    path("aanspreekpunt/dag/<slug:day>.ics", pages.look_again, name="look-again"),
    path("mijn/gegevens/", own.index, name="own-data"),
    path("mijn/gegevens/lezen/", own.readable, name="own-data-readable"),
    path("mijn/gegevens/mijn-gegevens.json", own.export, name="own-data-export"),
    path("mijn/gegevens/verwijderen/", own.remove, name="own-data-remove"),
    path("mijn/gegevens/verwijderd/", own.removed, name="own-data-removed"),
]
