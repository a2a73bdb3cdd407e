"""Pages that a link in a mail opens without signing in: one's own seat, and a seat that came free.

Mail scanners follow links: opening one of these changes nothing, a button does.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trainings import links, waiting
from trainings.booking import cancel_participants
from trainings.forms.changing import ChangeSeatForm, GiveBackForm, OfferForm
from trainings.forms.needs import NeedForm
from trainings.models import AccessNeed, Offer, Participant, Session
from trainings.privacy import needs
from trainings.refusals import BookingRefused

_GIVEN_BACK = {
    True: gettext_lazy("The seat is given back. Thank you for letting us know."),
    False: gettext_lazy("You are not asking for a seat any more. Thank you for letting us know."),
}
PEOPLE = "booking__booked_by", "booking__organisation", "session__training"


@never_cache
@require_safe
def seat(request, token):
    """The participant's own seat: what, when, where, and what can still be changed."""
    person = seat_of(token)
    return render(request, "trainings/seat.html", context_of(person, token) | {"need_form": NeedForm()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request, token):
    """The participant cannot come: asked first, done by a button."""
    person = seat_of(token)
    form = GiveBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_participants([person], by=_actor(request), reason=form.cleaned_data["reason"])
        except BookingRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _GIVEN_BACK[person.holds_seat])
            return redirect("trainings:seat", token=token)
    return render(request, "trainings/seat_give_back.html", context_of(person, token) | {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, token):
    """Somebody else comes, or a detail is put right."""
    person = seat_of(token)
    form = ChangeSeatForm(request.POST or None, participant=person)
    if request.method == "POST" and form.is_valid():
        try:
            person = form.save(by=_actor(request))
        except BookingRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, form.done)
            if person.link_key == links.read(links.SEAT, token):
                return redirect("trainings:seat", token=token)
            return redirect(reverse("trainings:seat-changed") + ("" if form.is_replaced else "?adres"))
    return render(request, "trainings/seat_change.html", context_of(person, token) | {"form": form})


@never_cache
@require_safe
def changed(request):
    """Somebody else has the seat now, or another mailbox: the link of before opens nothing any more."""
    return render(request, "trainings/seat_changed.html", {"same_person": "adres" in request.GET})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, token):
    """A seat that came free: accept it, or leave it to somebody else."""
    found = _offer(token)
    form = OfferForm(request.POST or None, offer=found)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, found, form)
        except BookingRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("trainings:offer", token=token)
    context = {"offer": found, "form": form, "session": found.session, "booking": found.entry.booking, "token": token}
    return render(request, "trainings/offer.html", context | {"day_parts": found.session.day_parts.select_related("venue")})


def _answer(request, offer: Offer, form: OfferForm) -> None:
    by = request.user if request.user.is_authenticated else offer.entry.booking.booked_by
    if form.is_refused:
        waiting.refuse_offer(offer, by=by)
        messages.success(request, _("The seat goes to whoever is next. You are no longer on the waiting list."))
        return
    waiting.accept_offer(offer, by=by, people=form.cleaned_data.get("people"))
    sentence = ngettext("Your seat is reserved. A mail confirms it.", "Your seats are reserved. A mail confirms it.", offer.seats)
    messages.success(request, sentence)


def seat_of(token: str) -> Participant:
    """The seat of this link, or nothing."""
    key = links.read(links.SEAT, token)
    if key is None:
        raise Http404
    return get_object_or_404(Participant.objects.select_related(*PEOPLE), link_key=key)


def _offer(token: str) -> Offer:
    key = links.read(links.OFFER, token)
    if key is None:
        raise Http404
    return get_object_or_404(Offer.objects.select_related("session__training", "entry__booking__booked_by"), pk=key)


def _actor(request):
    # Who opens the link is not known, only that it is in the participant's mail: the booker did nothing.
    return request.user if request.user.is_authenticated else None


def _may_give_back(person: Participant, session: Session) -> bool:
    """A seat until the deadline; who only asks or waits for one may leave as long as the session is published."""
    return session.can_be_cancelled_by_booker if person.holds_seat else person.asks and session.state == Session.State.PUBLISHED


def context_of(person: Participant, token: str) -> dict:
    """What every page of a seat shows."""
    session = person.session
    return {
        "person": person,
        "token": token,
        "session": session,
        "booking": person.booking,
        "day_parts": session.day_parts.select_related("venue"),
        "may_give_back": _may_give_back(person, session),
        "may_change": person.state == Participant.State.CONFIRMED and session.can_be_changed_by_booker,
        "may_tell": needs.can_tell(person),
        "told": AccessNeed.objects.filter(participant=person).first(),
    }
