"""The addresses of the organiser's screens, below the admin's own."""

from django.urls import path

from trainings.access import organisers_only

from . import (
    attendance,
    bulk,
    changing,
    checklist,
    deciding,
    drafts,
    listing,
    mail_texts,
    messages,
    participants,
    planning,
    retention,
    saved_filters,
    series,
    session,
    trainer_feed,
)

app_name = "organise"

urlpatterns = [
    path("", organisers_only(listing.SessionList.as_view()), name="sessions"),
    path("resultaten/", organisers_only(listing.SessionList.as_view(results_only=True)), name="sessions-results"),
    path("nieuw/", planning.choose_training, name="choose-training"),
    path("nieuw/<int:training_pk>/", planning.plan, name="plan"),
    path("nieuw/<int:training_pk>/reeks/", series.of_training, name="series"),
    path("samen/", bulk.act, name="bulk"),
    path("samen/publiceren/", bulk.publish, name="bulk-publish"),
    path("samen/annuleren/", bulk.cancel, name="bulk-cancel"),
    path("samen/mailen/", bulk.mail_all, name="bulk-mail"),
    path("samen/lesgevers/", bulk.trainers, name="bulk-trainers"),
    path("filters/", saved_filters.saved, name="filters"),
    path("berichten/", messages.unsent, name="unsent"),
    path("berichten/opnieuw/", messages.resend_many, name="resend-many"),
    path("berichten/<uuid:pk>/opnieuw/", messages.resend, name="resend"),
    path("lesgevers/<int:pk>/agenda/", trainer_feed.trainer_feed, name="trainer-feed"),
    path("bewaring/", retention.preview, name="retention"),
    path("<int:pk>/bewaring/", retention.keep, name="keep"),
    path("berichten/teksten/", mail_texts.index, name="mail-texts"),
    path("berichten/teksten/<slug:kind>/", mail_texts.change, name="mail-text"),
    path("<int:pk>/", session.session, name="session"),
    path("<int:pk>/wijzigen/", planning.change, name="change"),
    path("<int:pk>/kopieren/", planning.copy, name="copy"),
    path("<int:pk>/reeks/", series.of_session, name="copy-series"),
    path("<int:pk>/publiceren/", planning.publish, name="publish"),
    path("<int:pk>/afsluiten/", planning.close, name="close"),
    path("<int:pk>/annuleren/", planning.cancel, name="cancel"),
    path("<int:pk>/verwijderen/", drafts.delete, name="delete"),
    path("<int:pk>/regelen/<int:item_pk>/", checklist.arrange, name="arrange"),
    path("<int:pk>/deelnemers/toevoegen/", participants.add, name="add-participant"),
    path("<int:pk>/deelnemers/annuleren/", participants.cancel, name="cancel-participants"),
    path("<int:pk>/deelnemers/verplaatsen/", changing.move, name="move-participants"),
    path("<int:pk>/deelnemers/<int:person_pk>/", changing.change, name="change-participant"),
    path("<int:pk>/namen/<int:booking_pk>/", changing.names, name="name-seats"),
    path("<int:pk>/goedkeuren/<int:booking_pk>/", deciding.decide, name="decide"),
    path("<int:pk>/wachtlijst/<int:entry_pk>/", participants.give_seats, name="give-seats"),
    path("<int:pk>/mailen/", participants.mail_all, name="mail-all"),
    path("<int:pk>/berichten/", messages.of_session, name="messages"),
    path("<int:pk>/aanwezigheid/", attendance.grid, name="attendance"),
    path("<int:pk>/aanwezigheid/onverwacht/", attendance.walk_in, name="walk-in"),
]
