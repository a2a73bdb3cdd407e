"""Private calendars: the file itself, and the page under `/mijn/` on which one makes, renews and revokes its address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge.network.access import coordinated_by
from shared.kept_answers import HOUR, for_visitors
from trainings import links
from trainings.calendars import private_feeds
from trainings.calendars.feeds import webcal
from trainings.models import Feed

from .calendar import CALENDAR


@require_safe
@for_visitors("catalogue", "site", private_feeds.VERSION, every=HOUR)
def feed(request, token):
    """What a calendar program reads: who has the address needs no account, until it is revoked."""
    feeds = Feed.objects.live().select_related("organisation")
    found = get_object_or_404(feeds, pk=links.read(links.FEED, token))
    response = HttpResponse(private_feeds.contents(found), content_type=CALENDAR)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def index(request):
    """My calendar, and that of each organisation whose trainings I coordinate: their addresses, or a button to make one."""
    owners = [request.user, *coordinated_by(request.user).order_by("name")]
    made = {feed.owner: feed for feed in Feed.objects.visible_to(request.user).live().select_related("user", "organisation")}
    context = {"calendars": [shown(owner, made.get(owner)) for owner in owners]}
    return render(request, "trainings/feeds.html", context)


def shown(owner, feed: Feed | None) -> dict:
    """What a page says of a calendar; `organisation` is empty for one's own."""
    address = links.to_feed(feed) if feed else ""
    organisation = owner if Feed.owned_by(owner).get("organisation") else None
    return {"organisation": organisation, "feed": feed, "address": address, "webcal": webcal(address)}


@login_required
@require_POST
def make(request):
    """An address for my own calendar, or for that of an organisation whose trainings I coordinate."""
    owner = request.user
    if pk := request.POST.get("organisation", ""):
        owner = get_object_or_404(coordinated_by(request.user), pk=int(pk) if pk.isdecimal() and len(pk) < 10 else None)
    private_feeds.make(owner, by=request.user)
    messages.success(request, _("Your calendar has an address. Put it into your calendar program now."))
    return redirect("trainings:feeds")


@login_required
@require_POST
def renew(request, pk):
    """A new address; the old one stops at once."""
    private_feeds.renew(get_object_or_404(Feed.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, _("There is a new address. The old one shows nothing any more: replace it in your calendar program."))
    return redirect("trainings:feeds")


@login_required
@require_POST
def revoke(request, pk):
    """The address stops at once, and none comes instead."""
    private_feeds.revoke(get_object_or_404(Feed.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("The address is gone. Calendar programs that still have it get nothing any more."))
    return redirect("trainings:feeds")
