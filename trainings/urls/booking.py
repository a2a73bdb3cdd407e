"""The addresses of booking and of what one booked."""

from django.urls import path

from trainings.views import booking, changes, feeds, links, mine, needs, organisation

urlpatterns = [
    path("vormingen/sessie/<slug:code>/inschrijven/", booking.create, name="booking-create"),
    path("vormingen/plaats/doorgegeven/", links.changed, name="seat-changed"),
    path("vormingen/plaats/<str:token>/", links.seat, name="seat"),
    path("vormingen/plaats/<str:token>/teruggeven/", links.give_back, name="seat-give-back"),
    path("vormingen/plaats/<str:token>/wijzigen/", links.change, name="seat-change"),
    path("vormingen/plaats/<str:token>/nodig/", needs.need, name="seat-need"),
    path("vormingen/vrijgekomen/<str:token>/", links.offer, name="offer"),
    path("vormingen/agenda/<str:token>.ics", feeds.feed, name="feed"),
    path("mijn/", mine.index, name="mine"),
    path("mijn/agenda/", feeds.index, name="feeds"),
    path("mijn/agenda/maken/", feeds.make, name="feed-make"),
    path("mijn/agenda/<uuid:pk>/vernieuwen/", feeds.renew, name="feed-renew"),
    path("mijn/agenda/<uuid:pk>/intrekken/", feeds.revoke, name="feed-revoke"),
    path("mijn/inschrijvingen/<slug:reference>/", mine.booking, name="booking-detail"),
    path("mijn/inschrijvingen/<slug:reference>/bevestigd/", booking.confirmed, name="booking-confirmed"),
    path("mijn/inschrijvingen/<slug:reference>/annuleren/", mine.cancel, name="booking-cancel"),
    path("mijn/inschrijvingen/<slug:reference>/namen/", changes.names, name="booking-names"),
    path("mijn/inschrijvingen/<slug:reference>/deelnemer/<int:pk>/", changes.change, name="booking-change"),
    path("mijn/inschrijvingen/<slug:reference>/overdragen/", changes.hand_over, name="booking-hand-over"),
    path("mijn/inschrijvingen/<slug:reference>/akkoord/", changes.agree, name="booking-agree"),
    path("mijn/inschrijvingen/<slug:reference>/niet-akkoord/", changes.refuse, name="booking-refuse"),
    path("mijn/inschrijvingen/<slug:reference>/agenda.ics", mine.agenda, name="booking-agenda"),
    path("mijn/organisatie/<int:pk>/", organisation.bookings, name="organisation"),
    path("mijn/organisatie/<int:pk>/geschiedenis/", organisation.history, name="organisation-history"),
    path("mijn/organisatie/<int:pk>/inschrijvingen.xlsx", organisation.export, name="organisation-export"),
    path("mijn/organisatie/<int:pk>/vertrek/<int:person_pk>/", organisation.leave, name="organisation-leave"),
]
