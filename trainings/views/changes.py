"""`/mijn/`: changing a booking: who comes, names that follow, who takes care of it, and the approval of a coordinator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trainings import approval
from trainings.forms import names as forms_names
from trainings.forms.changing import ChangeSeatForm, RefuseForm
from trainings.forms.leaving import HandOverForm
from trainings.models import Booking
from trainings.names import name_seats
from trainings.refusals import AlreadyBooked, BookingRefused

RELATED = ("session__training", "organisation", "booked_by")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, reference, pk):
    """Somebody else comes, or a detail is put right."""
    booking = _booking(request, reference)
    person = get_object_or_404(booking.participants.active(), pk=pk)
    form = ChangeSeatForm(request.POST or None, participant=person)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except BookingRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, form.done)
            return redirect(booking)
    may_change = person.is_named and booking.session.can_be_changed_by_booker
    return render(request, "trainings/booking_change.html", _context(booking) | {"form": form, "may_change": may_change})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def names(request, reference):
    """Names for seats that have none yet; a pasted list or a workbook fills the rows, a second button keeps them."""
    booking = _booking(request, reference)
    seats = booking.participants.nameless().count()
    if request.method == "POST" and "fill" in request.POST:
        return _fill(request, booking, seats)
    rows = forms_names.rows_for(seats, request.POST or None)
    if request.method == "POST" and rows.is_valid():
        people = [form.person for form in rows.forms if form.person]
        try:
            named = name_seats(booking, people, by=request.user)
        except BookingRefused as refusal:
            told = isinstance(refusal, AlreadyBooked) and rows.refuse(refusal)
            return _names_page(request, booking, seats, rows, refusal="" if told else refusal.sentence)
        if named:
            sentence = ngettext("%(n)s name is noted.", "%(n)s names are noted.", len(named)) % {"n": len(named)}
            messages.success(request, sentence)
            return redirect(booking)
        return _names_page(request, booking, seats, rows, nobody=True)
    return _names_page(request, booking, seats, rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, reference):
    """A colleague takes care of this booking from now on."""
    booking = get_object_or_404(Booking.objects.handed_over_by(request.user).select_related(*RELATED), reference=reference)
    form = HandOverForm(request.POST if request.method == "POST" else None, booking=booking)
    if request.method == "POST" and form.is_valid() and (to := form.save(by=request.user)):
        messages.success(request, _handed_over(booking, to, request.user))
        # Who handed over one's own booking sees it no more, unless as a coordinator.
        return redirect(booking if Booking.objects.visible_to(request.user).filter(pk=booking.pk).exists() else "trainings:mine")
    to_come = Booking.objects.filter(pk=booking.pk).to_come().exists()
    context = {"form": form, "to_come": to_come, "day_parts": booking.session.day_parts.select_related("venue")}
    return render(request, "trainings/booking_hand_over.html", _context(booking) | context)


def _handed_over(booking: Booking, to, user) -> str:
    facts = {"training": booking.session.training.title, "name": to}
    if to == user:
        return _("You take care of the booking for “%(training)s” from now on.") % facts
    return _("%(name)s takes care of the booking for “%(training)s” from now on, and gets a mail about it.") % facts


@login_required
@require_POST
def agree(request, reference):
    """The training coordinator approves; the team comes next."""
    booking = _to_approve(request, reference)
    try:
        approval.agree(booking, by=request.user)
    except BookingRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("You approved this booking. Now our team looks at it."))
    return redirect(booking)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request, reference):
    """The training coordinator does not approve, and says why."""
    booking = _to_approve(request, reference)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            approval.disagree(booking, by=request.user, reason=form.cleaned_data["reason"])
        except BookingRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The booking is not approved. Who booked gets a mail with your reason."))
            return redirect(booking)
    return render(request, "trainings/booking_refuse.html", _context(booking) | {"form": form})


def _fill(request, booking: Booking, seats: int):
    typed = forms_names.typed_in(request.POST)
    found = forms_names.NameListForm(request.POST, request.FILES, seats=seats, typed=typed)
    if not found.is_valid():
        # What was typed into the rows stays, too.
        return _names_page(request, booking, seats, forms_names.rows_for(seats, request.POST), a_list=found, fresh=True)
    rows = forms_names.rows_for(seats, found=[*typed, *found.cleaned_data["rows"]])
    return _names_page(request, booking, seats, rows, filled=len(found.cleaned_data["rows"]))


def _names_page(request, booking: Booking, seats: int, rows, *, a_list=None, **more):
    context = {"rows": rows, "seats": seats, "list_form": a_list or forms_names.NameListForm(seats=seats)}
    return render(request, "trainings/booking_names.html", _context(booking) | context | more)


def _booking(request, reference) -> Booking:
    return get_object_or_404(Booking.objects.visible_to(request.user).select_related(*RELATED), reference=reference)


def _to_approve(request, reference) -> Booking:
    booking = _booking(request, reference)
    if not Booking.objects.coordinated_by(request.user).filter(pk=booking.pk).exists():
        raise Http404
    return booking


def _context(booking: Booking) -> dict:
    crumbs = [
        {"url": reverse("trainings:mine"), "title": _("My bookings")},
        {"url": booking.get_absolute_url(), "title": booking.session.training.title},
    ]
    return {"booking": booking, "session": booking.session, "crumbs": crumbs}
