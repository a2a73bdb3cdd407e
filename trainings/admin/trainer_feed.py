"""The private calendar of a trainer: made, renewed and revoked by the team, since who comes from outside may have no account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainings.access import organisers_only
from trainings.calendars import private_feeds
from trainings.models import Feed, Trainer
from trainings.views.feeds import shown

from .frame import screen


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def trainer_feed(request, pk):
    """The address to send to the trainer; the button that was pressed says what happens to it."""
    trainer = get_object_or_404(Trainer, pk=pk)
    feed = Feed.objects.of(trainer).live().first()
    if request.method == "POST":
        messages.success(request, _change(request.POST.get("do"), trainer, feed, by=request.user))
        return redirect("organise:trainer-feed", pk)
    context = {"trainer": trainer, "calendar": shown(trainer, feed)}
    path = [(_("Trainers"), reverse("lesgevers:index")), (trainer.name, reverse("lesgevers:edit", args=[pk]))]
    return screen(request, "trainer_feed.html", _("Calendar of a trainer"), context, path=path)


def _change(what: str | None, trainer: Trainer, feed: Feed | None, *, by) -> str:
    """Does it, and returns what to tell."""
    if feed and what == "revoke":
        private_feeds.revoke(feed)
        return _("The address is gone. Calendar programs that still have it get nothing any more.")
    if feed and what == "renew":
        private_feeds.renew(feed, by=by)
        return _("There is a new address. The old one shows nothing any more: send the new one to the trainer.")
    private_feeds.make(trainer, by=by)
    return _("The calendar has an address. Send it to the trainer.")
