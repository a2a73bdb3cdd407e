"""Booking a session, in three steps at most: who, the code from the mail, confirm."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.network.models import Organisation
from people.signin import send_code
from trainings import booking_flow
from trainings.catalogue.snapshot import published
from trainings.dates import overlaps
from trainings.models import Booking, Participant, Session
from trainings.refusals import BookingRefused, SessionFull
from trainings.seats import seats_to_book
from trainings.words import rules as rules_in_words

STEPS = (gettext_lazy("Who takes part"), gettext_lazy("Code by e-mail"), gettext_lazy("Confirm"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request, code):
    """The booking page; who is not signed in gets a code by mail and comes back to what was typed."""
    session = _session(code)
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
    return _book(request, forms) if request.user.is_authenticated else _ask_for_code(request, forms)


def show_again(request, code):
    """The form with what was typed, for who sent it from a page that no longer counts: looked over, it can be sent again."""
    session = _session(code)
    return _page(request, booking_flow.forms_for(request, session, request.POST), stale=True)


create.show_again = show_again


def _session(code: str) -> Session:
    sessions = Session.objects.published().filter(training__in=published()).select_related("training")
    return get_object_or_404(sessions, code__iexact=code)


def _ask_for_code(request, forms):
    # Said before the code is asked for: nobody proves an address for seats that are not there.
    if "wait" not in request.POST and not forms.fits():
        return _page(request, forms, full=True)
    answer = send_code(request, forms.booker.cleaned_data["email"], request.path)
    if isinstance(answer, HttpResponseRedirect):
        booking_flow.keep_draft(request, forms.session)
    return answer


def _book(request, forms):
    try:
        made = booking_flow.book(forms, by=request.user, or_wait="wait" in request.POST)
    except BookingRefused as refusal:
        forms.refuse(refusal)
        return _page(request, forms, full=isinstance(refusal, SessionFull))
    booking_flow.drop_draft(request, forms.session)
    return redirect("trainings:booking-confirmed", reference=made.reference)


def _page(request, forms, *, back=False, fresh=False, full=False, stale=False):
    session, left = forms.session, seats_to_book(forms.session)
    context = {
        "session": session,
        "day_parts": session.day_parts.select_related("venue"),
        "form": forms.booker,
        "colleagues": forms.colleagues,
        "seats_left": left,
        "waiting": session.waiting_list and (left < 1 or full),
        "stale": stale,
        "show_errors": forms.booker.is_bound and not fresh and not stale,
        "rules": rules_in_words.of(session, request.user),
        "kept_out": rules_in_words.keeps_out(session, request.user),
        "overlaps": overlaps.told_to(request.user, session, forms.addresses),
        "booked_before": _booked_before(request.user, session),
        "crumbs": [
            {"url": reverse("trainings:catalogue"), "title": _("Trainings")},
            {"url": session.get_absolute_url(), "title": session.training.title},
        ],
        "organisations": Organisation.objects.confirmed() if request.user.is_authenticated else (),
    } | _steps(request, back)
    return render(request, "trainings/booking_form.html", context)


def _steps(request, back: bool) -> dict:
    """Three steps for who comes in by a code; who is signed in already has one page only."""
    came_by_code = back or "back" in request.POST
    if request.user.is_authenticated and not came_by_code:
        return {"steps": (), "back": False}
    return {"steps": STEPS, "current": 3 if request.user.is_authenticated else 1, "back": came_by_code}


def _booked_before(user, session: Session) -> Booking | None:
    if not user.is_authenticated:
        return None
    return session.bookings.filter(booked_by=user, participants__in=session.participants.active()).first()


@login_required
@require_safe
def confirmed(request, reference):
    """What happens now: seats, mail, calendar, and how to cancel."""
    booking = get_object_or_404(
        Booking.objects.visible_to(request.user).select_related("session__training", "organisation"), reference=reference
    )
    people = list(booking.participants.active().in_order())
    context = {
        "booking": booking,
        "session": booking.session,
        "participants": people,
        "named": [person for person in people if person.is_named],
        "unnamed": sum(not person.is_named for person in people),
        "nameless": sum(person.owes_name for person in people),
        "waiting": any(person.state == Participant.State.WAITING for person in people),
        "has_seat": any(person.holds_seat for person in people),
        "day_parts": booking.session.day_parts.select_related("venue"),
        "overlaps": overlaps.told_to(request.user, booking.session, [person.email for person in people]),
    }
    return render(request, "trainings/booking_confirmed.html", context)
