"""Booking a session, in three steps at most: who, the code from the mail, done."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.network.models import Organisation
from people.signin import send_code
from trainings import booking_flow
from trainings.booking import BookingRefused, SessionFull, seats_left
from trainings.models import Booking, Participant, Session


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request, code):
    """The booking page; who is not signed in gets a code by mail and comes back to what was typed."""
    session = get_object_or_404(Session.objects.published().select_related("training"), code__iexact=code)
    if not session.is_open:
        return render(request, "trainings/booking_closed.html", {"session": session})
    data = request.POST if request.method == "POST" else booking_flow.draft(request, session)
    if data is not None and "add" in data:
        return _page(request, booking_flow.forms_for(request, session, booking_flow.with_one_more_row(data)), fresh=True)
    forms = booking_flow.forms_for(request, session, data)
    if request.method != "POST":
        return _page(request, forms, back=data is not None)
    if not forms.is_valid():
        return _page(request, forms)
    if not request.user.is_authenticated:
        booking_flow.keep_draft(request, session)
        return send_code(request, forms.booker.cleaned_data["email"], request.path)
    return _book(request, forms)


def _book(request, forms):
    try:
        made = booking_flow.book(forms, by=request.user, or_wait="wait" in request.POST)
    except BookingRefused as refusal:
        forms.refuse(refusal)
        return _page(request, forms, full=isinstance(refusal, SessionFull))
    booking_flow.drop_draft(request, forms.session)
    return redirect("trainings:booking-confirmed", reference=made.reference)


def _page(request, forms, *, back=False, fresh=False, full=False):
    left = seats_left(forms.session)
    context = {
        "session": forms.session,
        "day_parts": forms.session.day_parts.select_related("venue"),
        "form": forms.booker,
        "colleagues": forms.colleagues,
        "seats_left": max(left, 0),
        "waiting": forms.session.waiting_list and (left < 1 or full),
        "back": back,
        "show_errors": forms.booker.is_bound and not fresh,
        "steps": _steps(request.user),
        "current": 1,
        "crumbs": [
            {"url": reverse("trainings:catalogue"), "title": _("Trainings")},
            {"url": forms.session.get_absolute_url(), "title": forms.session.training.title},
        ],
        "organisations": Organisation.objects.confirmed() if request.user.is_authenticated else (),
    }
    return render(request, "trainings/booking_form.html", context)


def _steps(user) -> list[str]:
    steps = [_("Who takes part"), _("Code by e-mail"), _("Done")]
    return [steps[0], steps[2]] if user.is_authenticated else steps


@login_required
@require_safe
def confirmed(request, reference):
    """What happens now: seats, mail, calendar, and how to cancel."""
    booking = get_object_or_404(Booking.objects.visible_to(request.user).select_related("session__training"), reference=reference)
    people = list(booking.participants.active().in_order())
    context = {
        "booking": booking,
        "participants": people,
        "waiting": any(person.state == Participant.State.WAITING for person in people),
        "day_parts": booking.session.day_parts.select_related("venue"),
        "steps": _steps(request.user),
        "current": 2,
        "overlaps": Participant.objects.overlapping(people).select_related("session__training"),
    }
    return render(request, "trainings/booking_confirmed.html", context)
