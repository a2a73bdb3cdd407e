"""The screens that plan, change, copy, publish, close and cancel a session."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings import planning, second_look
from trainings.access import organisers_only
from trainings.dates import day_parts
from trainings.models import Session, TrainingPage
from trainings.refusals import PlanningRefused

from .forms.people import ReasonForm
from .forms.planning import BaseDayParts, CopyForm, DayPartFormSet, PlanForm, SessionForm, day_part_rows, deadline_errors
from .frame import screen, session_path, sessions_crumb


@organisers_only
@require_safe
def choose_training(request):
    """Which training is planned: the list to choose from."""
    trainings = TrainingPage.objects.live().order_by("code").only("code", "title").annotate(planned=Count("sessions"))
    title = _("Plan a session")
    return screen(request, "choose_training.html", title, {"trainings": trainings}, path=[sessions_crumb()])


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, training_pk):
    """A draft from the training's defaults."""
    training = get_object_or_404(TrainingPage, id=training_pk)
    form = PlanForm(request.POST or None, initial=defaults(training))
    session = _planned(request, training, form) if request.method == "POST" and form.is_valid() else None
    if session:
        messages.success(request, _("The draft is made. Check it, then publish it."))
        _say_doubts(request, session)
        return to_session(session)
    title = _("Plan a session: %(training)s") % {"training": training.title}
    return screen(request, "plan.html", title, {"form": form, "training": training}, path=[sessions_crumb()])


def _planned(request, training: TrainingPage, form: PlanForm) -> Session | None:
    try:
        return planning.plan_session(training, by=request.user, **form.plan())
    except PlanningRefused as refusal:
        form.add_error("begins", refusal.sentence)
        return None


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    """Facts and day-parts of a session."""
    session = get_object_or_404(Session.objects.select_related("training").exclude(state=Session.State.CANCELLED), pk=pk)
    form = SessionForm(request.POST or None, instance=session, initial={"seen": planning.last_change(session)})
    parts = DayPartFormSet(request.POST or None, initial=day_part_rows(session), prefix="dagdeel")
    if request.method == "POST" and _both_valid(form, parts) and _changed(request, session, form, parts):
        _say_doubts(request, session)
        return to_session(session)
    context = {"form": form, "parts": parts, "session": session}
    return screen(request, "change.html", _("Change the session"), context, path=session_path(session))


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, pk):
    """The same session on another day, as a draft."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.copy_session(session, by=request.user, **form.cleaned_data)
        except PlanningRefused as refusal:
            form.add_error("day", refusal.sentence)
        else:
            messages.success(request, _("The copy is made, as a draft. Check it, then publish it."))
            _say_doubts(request, made)
            return to_session(made)
    return screen(request, "copy.html", _("Copy to another day"), {"form": form, "session": session}, path=session_path(session))


_PUBLISHED = {
    True: gettext_lazy("The session is published. People can book now."),
    False: gettext_lazy("The session is published. Nobody can book: the deadline for booking is over. Change it if you want to."),
}


@organisers_only
@require_POST
def publish(request, pk):
    """Opens a draft for booking."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    try:
        published = planning.publish_session(session, by=request.user)
        messages.success(request, _PUBLISHED[published.is_open])
    except PlanningRefused as refusal:
        messages.error(request, refusal.sentence)
    return to_session(session)


@organisers_only
@require_POST
def close(request, pk):
    """The session was held."""
    session = get_object_or_404(Session, pk=pk)
    try:
        planning.close_session(session, by=request.user)
        messages.success(request, _("The session is closed."))
    except PlanningRefused as refusal:
        messages.error(request, refusal.sentence)
    return to_session(session)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, pk):
    """The session does not take place; one reason to all."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = planning.cancel_session(session, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _cancelled(number))
        except PlanningRefused as refusal:
            messages.error(request, refusal.sentence)
        return to_session(session)
    told = {"addresses": planning.told_of_cancelling(session), "is_over": day_parts.is_over(session)}
    context = {"form": form, "session": session} | told
    return screen(request, "cancel_session.html", _("Cancel the session"), context, path=session_path(session))


def to_session(session: Session, part: str = ""):
    """Back to the page of the session, at one of its parts."""
    return redirect(reverse("organise:session", args=[session.pk]) + part)


def say_done(request, session: Session, text: str) -> None:
    """What was done; of a session that is over no mail says so, whatever `text` promises."""
    over = day_parts.is_over(session)
    messages.success(request, _("Done. This session is over: nobody gets a mail about it.") if over else text)


def _say_doubts(request, session: Session) -> None:
    """What deserves a second look, in one message; it stands on the session's page as well."""
    texts = [doubt.text for doubt in second_look.doubts(session)]
    if texts:
        messages.warning(request, " ".join([_("Look at this again."), *texts]))


def defaults(training: TrainingPage) -> dict:
    """What a plan of this training begins with."""
    return {
        "capacity": training.group_max,
        "language": training.language,
        "trainers": training.trainers.all(),
        "visibility": Session.Visibility.PUBLIC,
    }


def _both_valid(form: SessionForm, parts: BaseDayParts) -> bool:
    # Both are asked, so that all errors show at once.
    if not all([form.is_valid(), parts.is_valid()]):
        return False
    deadline_errors(form, parts.parts())
    return form.is_valid()


def _changed(request, session: Session, form: SessionForm, parts: BaseDayParts) -> bool:
    facts = dict(form.cleaned_data)
    try:
        change = planning.change_session(session, by=request.user, parts=parts.parts(), **facts)
    except PlanningRefused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Saved."))
    if change.mailed:
        text = ngettext(
            "%(number)d mail tells about the new time or place.",
            "%(number)d mails tell about the new time or place.",
            change.mailed,
        )
        messages.success(request, text % {"number": change.mailed})
    if change.beyond:
        text = ngettext(
            "%(number)d person has a seat beyond the new number of seats. Nobody was cancelled.",
            "%(number)d people have a seat beyond the new number of seats. Nobody was cancelled.",
            change.beyond,
        )
        messages.warning(request, text % {"number": change.beyond})
    return True


def _cancelled(number: int) -> str:
    text = ngettext(
        "The session is cancelled. %(number)d mail says so.", "The session is cancelled. %(number)d mails say so.", number
    )
    return text % {"number": number}
