"""The catalogue with its filters, the page of one training, and the news about both."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shared.kept_answers import HOUR, for_visitors
from trainings.calendars import feeds
from trainings.catalogue import criteria, page, panel, results, search, snapshot
from trainings.catalogue.cards import cards
from trainings.catalogue.drawings import SHEET

MOST_HINTS = 6


@require_safe
@for_visitors("catalogue", "site")
def catalogue(request):
    """All trainings, or those that fit what the address asks for."""
    now = snapshot.current(request)
    asked = criteria.read(request.GET, now)
    found = results.find(now, asked)
    context = {
        "snapshot": now,
        "criteria": asked,
        "results": found,
        "number": len(found.found),
        "cards": cards(found.found, now.year),
        "groups": panel.groups(now, asked, found),
        "seats": panel.seats_box(asked, found),
        "chips": panel.chips(now, asked),
        "orders": panel.orders(asked),
        "address": reverse("trainings:catalogue"),
    }
    if not found.found:
        context |= _help(now, asked, context["chips"])
    return render(request, "trainings/catalogue.html", context)


def _help(now, asked, chips) -> dict:
    """For who finds nothing: what each choice less would give, and what comes near to the words."""
    # With nothing but words there is no choice to leave out: how they are written is what one can look at.
    words_only = len(search.terms_of(asked.words)) if asked.without("q").is_empty else 0
    hints = [] if words_only else [(chip, len(results.find(now, chip.without).found)) for chip in chips[:MOST_HINTS]]
    return {
        "words_only": words_only,
        "hints": [(chip, number) for chip, number in hints if number],
        "nearest": cards(results.near(now, asked.words), now.year),
    }


@require_safe
@for_visitors("catalogue", "site")
def training(request, slug):
    """One training: what one needs to know to decide, and its dates."""
    return render_training(request, get_object_or_404(snapshot.published(), slug=slug))


def render_training(request, training_page):
    """The page of a training as it is at hand, published or (in a preview) not."""
    return render(request, "trainings/training_page.html", page.context(training_page, snapshot.current(request)))


@require_safe
@for_visitors("catalogue", "site", every=HOUR)
def news(request):
    """New sessions and trainings as RSS."""
    return HttpResponse(feeds.news(), content_type="application/rss+xml; charset=utf-8")


@require_safe
def drawings(request, digest):
    """The drawings on the cards, to be kept for a year; an old address leads to today's."""
    if digest != SHEET.digest:
        return redirect(SHEET.address)
    response = HttpResponse(SHEET.body, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
