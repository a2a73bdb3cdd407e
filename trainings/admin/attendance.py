"""The grid in which attendance is ticked, on a phone or a desk, and who came without a booking."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trainings import attendance, booking
from trainings.access import organisers_only
from trainings.models import Attendance, DayPart, Participant, Session
from trainings.refusals import BookingRefused, PlanningRefused

from .forms.people import PersonForm
from .frame import screen, session_path
from .participants import refuse

EVERY = "alle"
BEFORE = timedelta(hours=1)
SIGNS = {"present": "✓", "partly": "½", "absent": "✗", "excused": "(✗)", "": "–"}


@dataclass(frozen=True)
class Choice:
    """One button of a cell."""

    status: str
    sign: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Cell:
    """Participant × day-part; `name` is its field in the form."""

    name: str
    part: DayPart
    noted: str
    choices: list[Choice]


@dataclass(frozen=True)
class Row:
    """A participant and a cell for each day-part."""

    person: Participant
    cells: list[Cell]


@dataclass(frozen=True)
class Heading:
    """A day-part above its column; before its day nobody is ticked present at one stroke."""

    part: DayPart
    is_early: bool


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request, pk):
    """Everybody with a seat × every day-part."""
    session = get_object_or_404(Session.objects.filter(state__in=attendance.HELD).select_related("training"), pk=pk)
    people, parts = _people(session), list(session.day_parts.select_related("venue"))
    if request.method == "POST":
        _save(request, session, _typed(request.POST, people, parts), parts)
        return _back(request, session)
    return _show(request, session, people, parts, PersonForm())


@organisers_only
@require_POST
def walk_in(request, pk):
    """Somebody who came without a booking gets a seat, and a row in the grid."""
    session = get_object_or_404(Session.objects.filter(state__in=attendance.HELD).select_related("training"), pk=pk)
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            facts = form.cleaned_data
            who = {"person": form.person(), "organisation": facts["organisation"], "form_key": facts["form_key"]}
            booking.add_walk_in(session, by=request.user, **who)
            messages.success(request, _("%(name)s is on the list now.") % {"name": form.cleaned_data["first_name"]})
            return _back(request, session)
        except BookingRefused as refusal:
            refuse(form, refusal)
    return _show(request, session, _people(session), list(session.day_parts.select_related("venue")), form)


def _show(request, session: Session, people: list[Participant], parts: list[DayPart], form: PersonForm):
    noted = attendance.noted(session)
    shown = _shown(parts, request.GET.get("dagdeel", ""))
    rows = [Row(person, [_cell(person, part, noted) for part in shown]) for person in people]
    context = {
        "session": session,
        "rows": rows,
        "parts": shown,
        "tabs": parts if len(parts) > 1 else [],
        "legend": _legend(rows),
        "form": form,
    } | _too_soon(parts, shown)
    return screen(request, "attendance.html", _("Attendance"), context, path=session_path(session), icon="check")


def _legend(rows: list[Row]) -> list[tuple[str, str]]:
    """The signs that can be chosen on this page."""
    offered = {choice.status for row in rows for cell in row.cells for choice in cell.choices}
    return [(sign, _label(status)) for status, sign in SIGNS.items() if status in offered]


def _too_soon(parts: list[DayPart], shown: list[DayPart]) -> dict:
    """What is said, and what is not offered, of day-parts that have still to begin."""
    headings = [Heading(part, attendance.is_before_its_day(part)) for part in shown]
    return {
        "headings": headings,
        "not_begun": [part for part in shown if part.starts_at > timezone.now()],
        "some_early": any(heading.is_early for heading in headings),
        "all_early": bool(parts) and all(map(attendance.is_before_its_day, parts)),
    }


def _shown(parts: list[DayPart], wanted: str) -> list[DayPart]:
    """The day-part asked for, else the one of this moment: who stands in the room ticks that one."""
    chosen = [part for part in parts if str(part.pk) == wanted]
    if chosen or wanted == EVERY:
        return chosen or parts
    now = timezone.now()
    return [part for part in parts if part.starts_at - BEFORE <= now <= part.ends_at][:1] or parts


def _back(request, session: Session):
    # With the day-part that was being ticked.
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("organise:attendance", args=[session.pk]) + query)


def _people(session: Session) -> list[Participant]:
    return list(attendance.seated(session).select_related("booking__organisation"))


def _cell(person: Participant, part: DayPart, noted: dict) -> Cell:
    status = noted.get((person.pk, part.pk), "")
    possible = ("", status, *attendance.BEFOREHAND) if attendance.is_before_its_day(part) else SIGNS
    choices = [Choice(each, sign, _label(each), each == status) for each, sign in SIGNS.items() if each in possible]
    return Cell(_name(person, part), part, status, choices)


def _name(person: Participant, part: DayPart) -> str:
    return f"{person.pk}-{part.pk}"


def _label(status: str) -> str:
    return str(Attendance.Status(status).label) if status else _("not noted yet")


def _typed(data, people: list[Participant], parts: list[DayPart]) -> dict:
    """The marks that differ from what the page showed: two people may tick the same list at once.

    Only cells of today's list are read: who cancelled while the page stood open has no seat to note.
    """
    marks = {}
    for person, part in product(people, parts):
        name = _name(person, part)
        status = data.get(name)
        if status in SIGNS and status != data.get(f"was-{name}", ""):
            marks[person.pk, part.pk] = status
    return marks


def _save(request, session: Session, marks: dict, parts: list[DayPart]) -> None:
    everybody = next((part.pk for part in parts if str(part.pk) == request.POST.get("all_present")), None)
    try:
        if everybody:
            number = attendance.all_present(session, day_part=everybody, by=request.user, but=marks)
        else:
            number = attendance.note_attendance(session, marks=marks, by=request.user)
    except PlanningRefused as refusal:
        messages.error(request, refusal.sentence)
        return
    text = ngettext("Saved: %(number)d change.", "Saved: %(number)d changes.", number)
    messages.success(request, text % {"number": number})
