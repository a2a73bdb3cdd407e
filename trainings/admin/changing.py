"""The team changes who comes, always and with a reason: somebody else, a detail, a name that was missing, another session."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trainings import changing
from trainings.access import organisers_only
from trainings.dates import overlaps
from trainings.forms import names as forms_names
from trainings.forms.changing import ChangeSeatForm
from trainings.models import Session
from trainings.names import name_seats
from trainings.refusals import AlreadyBooked, BookingRefused, SessionFull
from trainings.words.people import counted

from .forms.people import MoveForm
from .frame import screen, session_path
from .participants import chosen_of, warn_of_overlaps
from .planning import say_done, to_session


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk, person_pk):
    """Somebody else takes the seat, or a detail is put right."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    person = get_object_or_404(session.participants.active().exclude(first_name="", family_name=""), pk=person_pk)
    form = ChangeSeatForm(request.POST or None, participant=person, as_team=True)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except BookingRefused as refusal:
            form.refuse(refusal)
        else:
            say_done(request, session, form.done)
            return to_session(session, "#deelnemers")
    context = {"form": form, "session": session, "person": person}
    return screen(request, "change_participant.html", _("Change who comes"), context, path=session_path(session), icon="user")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def names(request, pk, booking_pk):
    """Names for seats of one booking that have none, also after the deadline."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    booking = get_object_or_404(session.bookings.select_related("booked_by", "organisation"), pk=booking_pk)
    rows = forms_names.rows_for(booking.participants.nameless().count(), request.POST or None)
    refusal = ""
    if request.method == "POST" and rows.is_valid():
        people = [form.person for form in rows.forms if form.person]
        try:
            named = name_seats(booking, people, by=request.user, as_team=True)
        except BookingRefused as refused:
            told = isinstance(refused, AlreadyBooked) and rows.refuse(refused)
            refusal = "" if told else refused.sentence
        else:
            text = ngettext("%(n)s name is noted.", "%(n)s names are noted.", len(named)) % {"n": len(named)}
            messages.success(request, text)
            return to_session(session, "#deelnemers")
    context = {"rows": rows, "session": session, "booking": booking, "refusal": refusal}
    return screen(request, "name_seats.html", _("Give names"), context, path=session_path(session), icon="user")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, pk):
    """The people who were ticked go to another session."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    chosen = chosen_of(session, request.POST if request.method == "POST" else request.GET)
    if not chosen:
        messages.warning(request, _("Tick the participants first."))
        return to_session(session, "#deelnemers")
    form = MoveForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid() and _moved(request, form, chosen):
        return to_session(form.cleaned_data["to"], "#deelnemers")
    doubled = overlaps.before_moving(chosen, form.fields["to"].queryset)
    context = {"form": form, "session": session, "chosen": chosen, "who": counted(chosen), "doubled": doubled}
    return screen(request, "move_participants.html", _("Move to another session"), context, path=session_path(session), icon="user")


def _moved(request, form: MoveForm, chosen: list) -> bool:
    facts = form.cleaned_data
    try:
        arrived = changing.move_participants(
            chosen, facts["to"], by=request.user, reason=facts["reason"], overbook=facts["overbook"]
        )
    except SessionFull as refusal:
        form.add_error("overbook", " ".join([str(refusal.sentence), _("Tick this to move them all the same.")]))
    except BookingRefused as refusal:
        form.add_error("to", refusal.sentence)
    else:
        messages.success(request, _("Moved: %(who)s. Mails say so.") % {"who": counted(arrived)})
        warn_of_overlaps(request, facts["to"], arrived)
    return form.is_valid()
