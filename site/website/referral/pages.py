"""What stands beside the form: "May I tell this?", and a day for one's calendar that says nothing."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.calendar import note
from website.models import MayITellPage

from .quiet import quiet, render

FURTHEST = timedelta(days=100)


@require_safe
@quiet
def may_i(request):
    """What each profession may, must and need not say; written in the CMS."""
    page = get_object_or_404(MayITellPage.objects.live().public())
    return render(request, "may_i", {"page": page, "professions": [block.value for block in page.professions]})


@require_safe
@quiet
def look_again(request, day: str):
    """A calendar file of one day with a neutral word; the day is all that the address tells."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if abs(on - timezone.localdate()) > FURTHEST:
        raise Http404
    response = HttpResponse(note(on, _("Have a look")), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response
