"""Referrals: the list, one of them, and what happens to it."""

from django.urls import path

from casework.views import codes, handing, identity, lists, recording, referral, steps

urlpatterns = [
    path("", lists.referrals, name="referrals"),
    path("zoeken/", lists.look_up, name="look-up"),
    path("plaatsvervanger/", lists.deputy, name="deputy"),
    path("nieuw/", recording.record, name="record"),
    path("<uuid:pk>/", referral.page, name="referral"),
    path("<uuid:pk>/neem/", lists.take, name="take"),
    path("<uuid:pk>/antwoord/", referral.answer, name="answer"),
    path("<uuid:pk>/gesprek/", steps.talk, name="talk"),
    path("<uuid:pk>/notitie/", steps.note, name="note"),
    path("<uuid:pk>/advies/", steps.advice, name="advice"),
    path("<uuid:pk>/actie/", steps.action, name="action"),
    path("<uuid:pk>/grens/", steps.boundary, name="boundary"),
    path("<uuid:pk>/afsluiten/", steps.close, name="close"),
    path("<uuid:pk>/doorverwijzen/", steps.redirect_elsewhere, name="redirect"),
    path("<uuid:pk>/preventie/", steps.prevention, name="prevention"),
    path("<uuid:pk>/intrekken/", steps.withdraw, name="withdraw"),
    path("<uuid:pk>/code/", codes.hand_out, name="code"),
    path("<uuid:pk>/signaalgever/", identity.referrer, name="referrer"),
    path("<uuid:pk>/betrokkene/", identity.subject, name="subject"),
    path("<uuid:pk>/betrokkene/aanvullen/", identity.offer, name="subject-offer"),
    path("<uuid:pk>/betrokkene/bewaren/", identity.hold, name="subject-hold"),
    path("<uuid:pk>/betrokkene/intrekken/", identity.take_back, name="subject-withdraw"),
    path("<uuid:pk>/overdragen/", handing.hand_over, name="hand-over"),
    path("<uuid:pk>/overdragen/stoppen/", handing.stop, name="hand-over-stop"),
    path("overdracht/<uuid:pk>/<slug:answer>/", handing.answered, name="hand-over-answer"),
]
