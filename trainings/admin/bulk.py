"""Several sessions at once: each is its own transaction, and for each it is told what was done or why not."""

from collections import defaultdict
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request

from shared.workbook import CONTENT_TYPE
from trainings import planning, second_look
from trainings.access import organisers_only
from trainings.dates import clashes
from trainings.models import DayPart, Participant, Session
from trainings.refusals import PlanningRefused

from . import listing
from .forms.bulk import ActionForm, TrainersForm, ticked
from .forms.people import MessageForm, ReasonForm
from .frame import screen, sessions_crumb


@organisers_only
@require_POST
def act(request):
    """Does what was chosen, or leads to the page that asks further."""
    form, sessions = ActionForm(request.POST), list(ticked(request.POST))
    if not sessions:
        messages.warning(request, _("Tick the sessions first, and choose what to do with them."))
        return _back(request)
    if not form.is_valid():
        messages.warning(request, form.errors["action"][0])
        return _back(request)
    action = form.cleaned_data["action"]
    if action == "export":
        return _workbook(sessions)
    name = "trainings_sheets:print-many" if action == "sheets" else f"organise:bulk-{action}"
    return redirect(f"{reverse(name)}?{urlencode([('sessie', session.pk) for session in sessions])}")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request):
    """What is published, and what is left out and why, before anybody can see it."""

    def done(session, facts) -> str:
        published = planning.publish_session(session, by=request.user)
        return _("published") if published.is_open else _("published; nobody can book: the deadline for booking is over")

    def unfit(session) -> None:
        planning.refuse_publishing(session, session.starts_at)

    return _ask(request, "bulk_publish.html", _("Publish sessions"), forms.Form, done, Participant.objects.none(), unfit)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request):
    """One reason for all, after naming each and how many people are told."""

    def done(session, facts) -> str:
        number = planning.cancel_session(session, by=request.user, reason=facts["reason"])
        return ngettext("cancelled, %(n)s mail says so", "cancelled, %(n)s mails say so", number) % {"n": number}

    # Nobody hears of a session that is over.
    to_come = DayPart.objects.filter(ends_at__gt=timezone.now()).values("session")
    told = Participant.objects.active().filter(session__in=to_come)
    return _ask(request, "bulk_cancel.html", _("Cancel sessions"), ReasonForm, done, told, planning.refuse_cancelling)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def mail_all(request):
    """One message to everybody with a seat in any of them."""

    def done(session, facts) -> str:
        number = planning.mail_all(session, by=request.user, **facts)
        return ngettext("%(n)s mail is on its way", "%(n)s mails are on their way", number) % {"n": number}

    return _ask(request, "bulk_mail.html", _("Write to all"), MessageForm, done, Participant.objects.seated())


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def trainers(request):
    """The same trainers for all; who is elsewhere at that time is said."""

    def done(session, facts) -> str:
        planning.change_session(session, by=request.user, trainers=facts["trainers"])
        wanted = clashes.Wanted(session.day_parts.all(), list(facts["trainers"]), session.pk)
        found = second_look.in_words(clashes.find([wanted])[0])
        return " ".join([_("trainers set."), *(doubt.text for doubt in found)])

    return _ask(request, "bulk_trainers.html", _("Set the trainers"), TrainersForm, done, Participant.objects.none())


def _ask(request, template: str, title: str, form_class, done: Callable, people, unfit: Callable = lambda session: None):
    """The page that asks, then does it; `unfit` raises for a session that it cannot be done with: those are left out."""
    sessions = list(ticked(request.POST if request.method == "POST" else request.GET))
    if not sessions:
        messages.warning(request, _("Tick the sessions first, and choose what to do with them."))
        return redirect("organise:sessions")
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _each(request, sessions, lambda session: done(session, form.cleaned_data))
        return redirect("organise:sessions")
    left_out = {session: sentence for session in sessions if (sentence := _why_not(session, unfit))}
    fitting = [session for session in sessions if session not in left_out]
    told = _addresses(people.filter(session__in=fitting))
    rows = [(session, len(told[session.pk])) for session in fitting]
    context = {"form": form, "rows": rows, "left_out": left_out.items()}
    return screen(request, template, title, context, path=[sessions_crumb()])


def _why_not(session: Session, unfit: Callable) -> str:
    try:
        unfit(session)
    except PlanningRefused as refusal:
        return str(refusal.sentence)
    return ""


def _addresses(people) -> dict[int, set[str]]:
    """Whom a mail about each session reaches: these people where they have an address, and who booked for them."""
    found: dict[int, set[str]] = defaultdict(set)
    for session, *addresses in people.values_list("session", "email", "booking__booked_by__email"):
        found[session].update(filter(None, addresses))
    return found


def _each(request, sessions: list[Session], do: Callable[[Session], str]) -> None:
    for session in sessions:
        try:
            messages.success(request, f"{session.code}: {do(session)}")
        except PlanningRefused as refusal:
            messages.error(request, f"{session.code}: {refusal.sentence}")


def _workbook(sessions: list[Session]) -> FileResponse:
    file = SpooledTemporaryFile(max_size=2 * 1024 * 1024)  # noqa: SIM115 the response closes it
    listing.write_workbook(listing.everything().filter(pk__in=[session.pk for session in sessions]), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("sessions") + ".xlsx", content_type=CONTENT_TYPE)


def _back(request):
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("organise:sessions"))
