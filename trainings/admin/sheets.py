"""Attendance sheets for the organiser: of one session, of several, of a period; as workbook, as PDF, or to print.

The addresses are `urlpatterns`, in the namespace `trainings_sheets`; the admin includes this module below `sessies/lijsten/`.
`xlsx`, `pdf` and `print` take a session's number. Their twins `xlsx-many`, `pdf-many` and `print-many` take
`?sessie=1&sessie=2` or `?van=2026-01-01&tot=2026-01-31`. `choose` asks for a period.
"""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.workbook import CONTENT_TYPE
from trainings.access import organisers_only
from trainings.models import Session
from trainings.sheets import pdf, rows, xlsx
from trainings.sheets.facts import facts

from .forms.sheets import PeriodForm
from .frame import screen, sessions_crumb

IN_MEMORY = 2 * 1024 * 1024
# A third of a second each: for more, somebody would wait in vain, and a browser prints them at once.
MOST_IN_PDF = 25
KINDS = ("xlsx", "pdf", "print")


@organisers_only
@require_safe
def session_xlsx(request, pk):
    """One session's workbook."""
    session = get_object_or_404(Session, pk=pk)
    return _workbook(_only(session), _name(session.code), single=True)


@organisers_only
@require_safe
def session_pdf(request, pk):
    """One session's sheet as PDF, or the page to print where no PDF can be made."""
    session = get_object_or_404(Session, pk=pk)
    if not pdf.is_possible():
        return redirect("trainings_sheets:print", pk)
    return _pdf(_only(session), _name(session.code))


@organisers_only
@require_safe
def session_print(request, pk):
    """One session's sheet as a page that prints as the PDF does."""
    session = get_object_or_404(Session, pk=pk)
    return _page(request, _only(session), reverse("organise:session", args=[pk]))


@organisers_only
@require_safe
def choose(request):
    """Asks for a period, and leads to its sheets."""
    form = PeriodForm(request.GET if request.GET else None)
    empty = form.is_bound and form.is_valid() and not form.sessions().exists()
    kind = request.GET.get("vorm")
    if form.is_bound and form.is_valid() and not empty and kind in KINDS:
        return redirect(f"{reverse(f'trainings_sheets:{kind}-many')}?{form.query()}")
    title = _("Attendance lists of a period")
    return screen(request, "sheets.html", title, {"form": form, "empty": empty}, path=[sessions_crumb()])


@organisers_only
@require_safe
def many_xlsx(request):
    """One workbook: a sheet for each session, and all of their data."""
    sessions, name = _chosen(request)
    if sessions is None:
        return _ask_again(request)
    return _workbook(sessions, name, single=False)


@organisers_only
@require_safe
def many_pdf(request):
    """One PDF, in which each session counts its own pages."""
    sessions, name = _chosen(request)
    if sessions is None:
        return _ask_again(request)
    if not pdf.is_possible() or sessions.count() > MOST_IN_PDF:
        return redirect(f"{reverse('trainings_sheets:print-many')}?{request.GET.urlencode()}")
    return _pdf(sessions, name)


@organisers_only
@require_safe
def many_print(request):
    """One page to print, each session on a new sheet of paper."""
    sessions, _unused = _chosen(request)
    if sessions is None:
        return _ask_again(request)
    return _page(request, sessions, reverse("organise:sessions"))


def _chosen(request):
    """The sessions asked for and a name for their file; (None, "") where the period does not fit or has none."""
    numbers = request.GET.getlist("sessie")
    if numbers:
        return _picked(numbers), _name()
    form = PeriodForm(request.GET)
    if not form.is_valid() or not form.sessions().exists():
        return None, ""
    return form.sessions(), _name(*map(str, form.days()))


def _picked(numbers: list[str]):
    if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers):
        raise Http404
    sessions = Session.objects.filter(pk__in={int(number) for number in numbers})
    if not sessions.exists():
        raise Http404
    return sessions


def _ask_again(request):
    return redirect(f"{reverse('trainings_sheets:choose')}?{request.GET.urlencode()}")


def _only(session: Session):
    return Session.objects.filter(pk=session.pk)


def _name(*parts: str) -> str:
    kind = _("attendance list") if len(parts) == 1 else _("attendance lists")
    return "-".join(slugify(part) for part in (kind, *parts))


def _sheets(sessions):
    return [facts(session) for session in rows.loaded(sessions)]


def _title(sheets) -> str:
    return _("Attendance list") + f" {sheets[0].code}" if len(sheets) == 1 else _("Attendance lists")


def _workbook(sessions, name: str, *, single: bool) -> FileResponse:
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the response closes it
    xlsx.write(sessions, file, single=single)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=CONTENT_TYPE)


def _pdf(sessions, name: str) -> FileResponse:
    sheets = _sheets(sessions)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the response closes it
    pdf.write(sheets, file, title=_title(sheets))
    file.seek(0)
    return FileResponse(file, filename=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


def _page(request, sessions, back_url: str):
    sheets = _sheets(sessions)
    context = pdf.context(sheets, _title(sheets)) | {"back_url": back_url}
    return render(request, "trainings/sheets/attendance_on_screen.html", context)


app_name = "trainings_sheets"
urlpatterns = [
    path("", choose, name="choose"),
    path("xlsx/", many_xlsx, name="xlsx-many"),
    path("pdf/", many_pdf, name="pdf-many"),
    path("afdrukken/", many_print, name="print-many"),
    path("<int:pk>/xlsx/", session_xlsx, name="xlsx"),
    path("<int:pk>/pdf/", session_pdf, name="pdf"),
    path("<int:pk>/afdrukken/", session_print, name="print"),
]
