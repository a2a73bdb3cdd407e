"""`/mijn/`: my bookings, with their files and history, and giving seats back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.network.access import coordinated_by
from shared import calendar
from trainings import links
from trainings.booking import cancel_participants
from trainings.calendars import invitations
from trainings.forms.booking import CancelForm
from trainings.models import Booking, Offer, Participant, Session
from trainings.refusals import TooLate
from trainings.words.history import told
from trainings.words.people import counted

PAST_A_PAGE = 20


def _bookings(user):
    return Booking.objects.visible_to(user).select_related("session__training", "organisation", "booked_by")


def _crumbs() -> list[dict]:
    return [{"url": reverse("trainings:mine"), "title": _("My bookings")}]


@login_required
@require_safe
def index(request):
    """Bookings to come, and below them, page by page, what is over or cancelled."""
    bookings = list(_bookings(request.user).with_seats().with_offer().with_start())
    past = sorted((item for item in bookings if not item.is_upcoming), key=lambda item: item.starts_at, reverse=True)
    context = {
        "coordinated": coordinated_by(request.user),
        "upcoming": sorted((item for item in bookings if item.is_upcoming), key=lambda item: item.starts_at),
        "past": Paginator(past, PAST_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainings/mine.html", context)


@login_required
@require_safe
def booking(request, reference):
    """One booking: who, when, where, files, history."""
    found = get_object_or_404(_bookings(request.user), reference=reference)
    people = list(found.participants.in_order())
    offer = Offer.objects.open().filter(entry__booking=found).first()
    context = _to_do(request.user, found, people) | {
        "booking": found,
        "session": found.session,
        "participants": people,
        "offer": offer,
        "offer_url": links.to_offer(offer) if offer else "",
        "has_seat": any(person.holds_seat for person in people),
        "waiting": any(person.state == Participant.State.WAITING for person in people),
        "day_parts": found.session.day_parts.select_related("venue"),
        "moved": found.moved_to.select_related("session__training").with_start(),
        "history": told(found, request.user),
        "crumbs": _crumbs(),
    }
    return render(request, "trainings/booking_detail.html", context)


def _to_do(user, found: Booking, people: list[Participant]) -> dict:
    """What the booking asks of who looks at it, and what can still be done with it."""
    session = found.session
    may_leave = session.can_be_cancelled_by_booker and any(person.holds_seat for person in people)
    may_withdraw = session.state == Session.State.PUBLISHED and any(person.asks for person in people)
    at_coordinator = found.stage == Booking.Stage.COORDINATOR and any(person.asks for person in people)
    return {
        "nameless": sum(person.owes_name for person in people),
        "group": sum(not person.is_named and person.holds_seat for person in people) if found.head_count else 0,
        "may_hand_over": Booking.objects.handed_over_by(user).filter(pk=found.pk).to_come().exists(),
        "may_decide": at_coordinator and Booking.objects.coordinated_by(user).filter(pk=found.pk).exists(),
        "may_give_back": may_leave or may_withdraw,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, reference):
    """Giving seats back: choose whose, and confirm."""
    found = get_object_or_404(_bookings(request.user), reference=reference)
    form = CancelForm(request.POST or None, booking=found)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_participants(form.leaving, by=request.user, reason=form.cleaned_data["reason"])
        except TooLate:
            return redirect(found)
        messages.success(request, _("No longer booked: %(who)s.") % {"who": counted(form.leaving)})
        return redirect(found)
    crumbs = [*_crumbs(), {"url": found.get_absolute_url(), "title": found.session.training.title}]
    context = {"booking": found, "session": found.session, "form": form, "crumbs": crumbs}
    return render(request, "trainings/booking_cancel.html", context)


@login_required
@require_safe
def agenda(request, reference):
    """The booking as a calendar file, for who was not invited by mail."""
    found = get_object_or_404(_bookings(request.user), reference=reference)
    participant = found.participants.seated().first()
    events = invitations.seat_events(participant) if participant else invitations.session_events(found.session)
    response = HttpResponse(calendar.download(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="expo-r-{found.reference}.ics"'
    return response
