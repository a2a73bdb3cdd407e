"""Bookings that await approval: approved, or not and why."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainings import approval
from trainings.access import organisers_only
from trainings.models import Booking, Session
from trainings.refusals import BookingRefused, SessionFull
from trainings.seats import seats_left

from .forms.people import DecisionForm
from .frame import screen, session_path
from .planning import say_done, to_session


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk, booking_pk):
    """One booking: who asks for what, and a yes or a no."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    booking = get_object_or_404(session.bookings.select_related("booked_by", "organisation"), pk=booking_pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, booking, form):
        return to_session(session, "#goed-te-keuren")
    people = booking.participants.active().in_order()
    context = {"form": form, "session": session, "booking": booking, "people": people, "left": seats_left(session)}
    return screen(request, "decide.html", _("Decide on a booking"), context, path=session_path(session), icon="user")


def _decided(request, booking: Booking, form: DecisionForm) -> bool:
    facts = form.cleaned_data
    try:
        if form.is_approved:
            approval.approve(booking, by=request.user, overbook=facts["overbook"])
            say_done(request, booking.session, _("Approved. Mails confirm it."))
        else:
            approval.refuse(booking, by=request.user, reason=facts["reason"])
            say_done(request, booking.session, _("Not approved. Who booked gets a mail with your reason."))
    except SessionFull as refusal:
        form.add_error("overbook", " ".join([str(refusal.sentence), _("Tick this to approve all the same.")]))
    except BookingRefused as refusal:
        form.add_error(None, refusal.sentence)
    return form.is_valid()
