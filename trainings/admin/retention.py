"""What would be removed on which day, and keeping the people of one session longer or shorter."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shared.forms import DateInput, PlainCharField, within_reach
from shared.models import OutboxMessage
from trainings.access import organisers_only
from trainings.models import Participant, Session
from trainings.models.seats import number_of
from trainings.privacy import retention
from trainings.refusals import PlanningRefused

from .frame import screen, session_path, sessions_crumb

AHEAD = timedelta(weeks=8)
MANY = 200


class KeepForm(forms.Form):
    """Until when, and why; the reason stays in the history until the personal data are removed."""

    until = forms.DateField(
        label=gettext_lazy("Keep personal data until"),
        required=False,
        widget=DateInput(),
        validators=[within_reach],
        help_text=gettext_lazy("Empty: as long as the site keeps it for all sessions."),
    )
    reason = PlainCharField(
        label=gettext_lazy("Reason"),
        max_length=120,
        help_text=gettext_lazy("Stays in the history until the personal data are removed: write no names."),
    )


@dataclass(frozen=True)
class Removal:
    """A session, the day after which its people go, and how much that is."""

    session: Session
    until: date | None
    messages: int


@organisers_only
@require_safe
def preview(request):
    """The sessions whose people go in the coming weeks, the next ones first."""
    context = {"rows": _removals(), "days": retention.site_keeps().days, "weeks": AHEAD.days // 7}
    return screen(request, "retention.html", _("Personal data"), context, path=[sessions_crumb()], icon="bin")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, pk):
    """Another day for one session, with the reason."""
    session = get_object_or_404(Session.objects.select_related("training").with_times(), pk=pk)
    form = KeepForm(request.POST or None, initial={"until": session.personal_data_until})
    if request.method == "POST" and form.is_valid():
        try:
            retention.keep(session, form.cleaned_data["until"], by=request.user, reason=form.cleaned_data["reason"])
        except PlanningRefused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.sentence)
        else:
            messages.success(request, _("Noted, with your reason."))
            return redirect("organise:retention")
    context = {"form": form, "session": session, "until": retention.kept_until(session, session.ends_at)}
    return screen(request, "keep.html", _("Keep personal data longer or shorter"), context, path=session_path(session), icon="bin")


def _removals() -> list[Removal]:
    everybody = Participant.objects.exclude(first_name="", family_name="", email="")
    sessions = (
        retention.due(timezone.localdate() + AHEAD)
        .select_related("training")
        .annotate(people=number_of(everybody))
        .filter(people__gt=0)[:MANY]
    )
    mailed = _messages_about(sessions)
    rows = [Removal(one, retention.kept_until(one, one.ends_at), mailed[f"session:{one.pk}"]) for one in sessions]
    return sorted(rows, key=lambda row: (row.until or date.max, row.session.code))


def _messages_about(sessions) -> Counter:
    subjects = [f"session:{session.pk}" for session in sessions]
    return Counter(OutboxMessage.objects.filter(about__in=subjects).values_list("about", flat=True))
