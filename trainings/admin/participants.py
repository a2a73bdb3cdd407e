"""The people of a session: giving a seat, taking it back, writing to all."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trainings import booking, mail, planning, waiting
from trainings.access import organisers_only
from trainings.dates import overlaps
from trainings.models import Participant, Session
from trainings.refusals import BookingClosed, BookingRefused, PlanningRefused, SessionFull
from trainings.seats import seats_left
from trainings.words.people import counted

from .forms.people import CancelSeatsForm, MessageForm, SeatForm
from .frame import screen, session_path
from .planning import say_done, to_session


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    """A seat for somebody, whatever the deadline; beyond the last one only on purpose."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (added := give_seat(form, session, request.user)):
        say_done(request, session, _added(form.cleaned_data))
        warn_of_overlaps(request, session, [added])
        return to_session(session, "#deelnemers")
    context = {"form": form, "session": session, "left": seats_left(session)}
    return screen(request, "add_participant.html", _("Add a participant"), context, path=session_path(session), icon="user")


@organisers_only
@require_POST
def give_seats(request, pk, entry_pk):
    """Seats for somebody on the waiting list; a mail confirms them."""
    session = get_object_or_404(Session, pk=pk)
    entry = get_object_or_404(session.waiting_entries, pk=entry_pk)
    try:
        number = waiting.give_seats(entry, by=request.user)
    except SessionFull:
        messages.error(request, _("There are not enough seats left for these people any more."))
    except BookingClosed:
        messages.error(request, _("This session does not take participants now."))
    else:
        text = ngettext("%(number)d seat is given. A mail says so.", "%(number)d seats are given. A mail says so.", number)
        say_done(request, session, text % {"number": number})
    return to_session(session, "#wachtlijst")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, pk):
    """Asks for a reason for the seats that were ticked, then gives them back."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    chosen = chosen_of(session, request.POST if request.method == "POST" else request.GET)
    if not chosen:
        messages.warning(request, _("Tick the participants first."))
        return to_session(session, "#deelnemers")
    form = CancelSeatsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        booking.cancel_participants(chosen, by=request.user, reason=form.cleaned_data["reason"], as_team=True)
        say_done(request, session, _("No longer booked: %(who)s. A mail says so.") % {"who": counted(chosen)})
        return to_session(session, "#deelnemers")
    context = {"form": form, "session": session, "chosen": chosen, "who": counted(chosen)}
    return screen(request, "cancel_participants.html", _("Cancel participants"), context, path=session_path(session), icon="user")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def mail_all(request, pk):
    """A message to everybody with a seat: written, looked at, sent."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    form = MessageForm(request.POST or None)
    written = request.method == "POST" and form.is_valid()
    if written and "send" in request.POST:
        try:
            number = planning.mail_all(session, by=request.user, **form.cleaned_data)
            messages.success(request, _sent(number))
            return to_session(session, "#berichten")
        except PlanningRefused as refusal:
            form.add_error(None, refusal.sentence)
    context = {
        "form": form,
        "session": session,
        "addresses": mail.recipients(session),
        "preview": form.cleaned_data if written else None,
    }
    return screen(request, "mail_all.html", _("Write to all"), context, path=session_path(session), icon="mail")


def give_seat(form, session: Session, by) -> Participant | None:
    """Adds the person of a valid form; what is refused stands beside the field that it is about."""
    facts = form.cleaned_data
    try:
        return booking.add_participant(
            session,
            by=by,
            person=form.person(),
            organisation=facts["organisation"],
            overbook=facts["overbook"],
            form_key=facts["form_key"],
        )
    except SessionFull:
        form.add_error("overbook", _("All seats are taken. Tick this to add somebody all the same."))
    except BookingRefused as refusal:
        refuse(form, refusal)
    return None


def warn_of_overlaps(request, session: Session, people) -> None:
    """Says who of these people is in another session at the same time: the team decides what to do about it."""
    for sentence in overlaps.told_to_team(session, people):
        messages.warning(request, sentence)


def refuse(form, refusal: BookingRefused) -> None:
    """Puts a refusal of the booking verbs into the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def chosen_of(session: Session, ticked) -> list:
    """The people of this session whose boxes were ticked."""
    keys = [key for key in ticked.getlist("deelnemer") if key.isdecimal() and len(key) < 19]
    return list(session.participants.active().in_order().filter(pk__in=keys).select_related("booking__organisation"))


def _added(facts: dict) -> str:
    if facts["email"]:
        return _("Added. A mail confirms it.")
    return _("Added. There is no e-mail address, so %(name)s gets no mail: say it yourself.") % {"name": facts["first_name"]}


def _sent(number: int) -> str:
    text = ngettext("%(number)d message is on its way.", "%(number)d messages are on their way.", number)
    return text % {"number": number}
