"""The right to erasure at the team's hands: somebody is looked up by address, and removed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.models import User
from people.second_factor import needs_second_factor
from shared.team_screens import only_with, screen
from trainings.privacy import personal
from website.models import Question
from website.own import removal
from website.own.forms import RemoveSomebodyForm

REMOVE = "people.delete_user"


@only_with(REMOVE)
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request):
    """The address travels in the form, never in the address of the page."""
    removes = "remove" in request.POST
    form = RemoveSomebodyForm(request.POST if request.method == "POST" else None, removes=removes)
    found = None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if removes and _removed(request, form):
            return redirect("website_forget")
        found = _found(address)
    title = _("Remove somebody's data")
    return screen(request, "website/admin/forget.html", title, {"form": form, "found": found}, icon="bin")


def _removed(request, form: RemoveSomebodyForm) -> bool:
    try:
        was_there = removal.remove_somebody(form.cleaned_data["email"], by=request.user)
    except removal.WorksForTheTeam:
        form.add_error("email", _("This account works for the team. Take its roles away first, under “Users”."))
    except personal.OthersStillCome as refusal:
        numbers = ", ".join(booking.reference for booking in refusal.bookings)
        form.add_error("email", _("Colleagues of this person still come. Hand over or cancel first: %(n)s.") % {"n": numbers})
    else:
        done = _("The data are removed. A last mail says so.") if was_there else _("We keep nothing under this address.")
        messages.success(request, done)
        return True
    return False


def _found(address: str) -> dict:
    """How much there is, in numbers: enough to know that it is the right address."""
    user = User.objects.filter(email__iexact=address).first()
    return {
        "account": user,
        "is_team": bool(user and needs_second_factor(user)),
        "bookings": user.bookings.count() if user else 0,
        "seats": personal.seats_of(address).count(),
        "coming": len(personal.upcoming_seats(address)),
        "to_hand_over": personal.to_hand_over(user) if user else [],
        "left_alone": removal.without_coordinator(user) if user else [],
        "questions": Question.objects.filter(email__iexact=address).count(),
    }
