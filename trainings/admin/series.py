"""The screens that plan a series: the days are looked at first, then those that stay ticked become drafts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trainings.access import organisers_only
from trainings.dates import series
from trainings.models import Session, TrainingPage
from trainings.refusals import PlanningRefused

from .forms.series import SeriesForm, SeriesPlanForm
from .frame import screen, session_path, sessions_crumb
from .planning import defaults


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_training(request, training_pk):
    """A series from a training's defaults."""
    training = get_object_or_404(TrainingPage, id=training_pk)
    days = SeriesForm(request.POST or None)
    form = SeriesPlanForm(request.POST or None, initial=defaults(training))
    context = {"days": days, "form": form, "training": training}
    if request.method == "POST" and all([days.is_valid(), form.is_valid()]):
        plan = form.plan()
        parts_on = series.parts_of_training(training, plan["begins"], plan["place"])
        answer = _look_or_plan(
            request,
            context,
            parts_on,
            plan["trainers"],
            lambda chosen: series.plan_series(training, chosen, by=request.user, **plan),
        )
        if answer:
            return answer
    title = _("Plan a series: %(training)s") % {"training": training.title}
    return screen(request, "series.html", title, context, path=[sessions_crumb()])


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_session(request, pk):
    """A series like this session: its hours, places, trainers and rules."""
    session = get_object_or_404(Session.objects.select_related("training"), pk=pk)
    days = SeriesForm(request.POST or None)
    context = {"days": days, "session": session, "training": session.training}
    if request.method == "POST" and days.is_valid():
        try:
            parts_on = series.parts_of_session(session)
        except PlanningRefused as refusal:
            days.add_error(None, refusal.sentence)
        else:
            once = {"by": request.user, "form_key": days.cleaned_data["form_key"]}
            answer = _look_or_plan(
                request,
                context,
                parts_on,
                list(session.trainers.all()),
                lambda chosen: series.copy_series(session, chosen, **once),
            )
            if answer:
                return answer
    return screen(request, "series.html", _("Copy to a series of days"), context, path=session_path(session))


def _look_or_plan(request, context: dict, parts_on, trainers, plan):
    """Plans the ticked days once they were looked at; otherwise puts what there is to look at into the page."""
    found = context["days"].cleaned_data["found"]
    # Days that were not seen yet are looked at first, whatever button was pressed.
    seen = request.POST.get("seen", "") == _as_text(found)
    ticked = set(request.POST.getlist("dag"))
    context["candidates"] = series.look_ahead(found, parts_on, trainers)
    context["seen"] = _as_text(found)
    context["ticked"] = [each.day for each in context["candidates"] if (str(each.day) in ticked if seen else each.is_quiet)]
    if not (seen and "plan" in request.POST):
        return None
    try:
        made = plan(context["ticked"])
    except PlanningRefused as refusal:
        context["refusal"] = refusal.sentence
        return None
    messages.success(request, _planned(len(made)))
    ids = "&".join(f"sessie={session.pk}" for session in made)
    return redirect(f"{reverse('organise:sessions')}?{ids}")


def _as_text(days) -> str:
    return " ".join(map(str, days))


def _planned(number: int) -> str:
    text = ngettext(
        "%(number)d draft is made. Check it, then publish it.",
        "%(number)d drafts are made. Check them, then publish them.",
        number,
    )
    return text % {"number": number}
