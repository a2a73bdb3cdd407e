"""The screens that import a catalogue: send a file, see what would change, confirm. Importing this module puts them in the admin.

`import trainings.admin.importing` in the app's `wagtail_hooks.py` registers the addresses, the menu item and the button.
"""

from collections.abc import Iterator
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import page_permission_policy

from shared.objectives import TRAININGS
from shared.workbook import CONTENT_TYPE
from trainings.importing import export, kept
from trainings.importing.access import checkers_only, importers_only, may_check, may_import
from trainings.importing.apply import ImportRefused, steps
from trainings.importing.columns import COLUMNS
from trainings.importing.compare import Comparison, compare
from trainings.importing.parse import MAX_FAULTS
from trainings.models import CataloguePage

from .forms.importing import UploadForm
from .frame import screen

HERE = "<!-- progress -->"
# A web server ends an answer that takes longer than half a minute; writing one training takes a tenth of a second.
MOST_CHANGES = 150


@checkers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Choose a file; it is read and checked, and nothing is written."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        return to_check(kept.keep(form.rows, by=request.user))
    context = {"form": form, "columns": COLUMNS, "may_import": may_import(request.user)}
    return screen(request, "import.html", _title(), context, icon="upload", status=422 if form.errors else 200)


@checkers_only
@require_safe
def check(request, key):
    """What the file would change, or what has to be put right first."""
    rows = _rows(kept.kept, key, request.user)
    if rows is None:
        return _begin_again(request)
    comparison = compare(rows)
    context = {
        "comparison": comparison,
        "key": key,
        "may_import": may_import(request.user),
        "more_faults": len(comparison.faults) >= MAX_FAULTS,
        "most": MOST_CHANGES if len(comparison.changes) > MOST_CHANGES else None,
    }
    return screen(request, "import_check.html", _("Check"), context, path=[_crumb()], icon="upload")


@importers_only
@require_POST
def confirm(request, key):
    """Writes what was seen, telling of each training; all of it or nothing."""
    rows = _rows(kept.kept, key, request.user)
    if rows is None:
        return _begin_again(request)
    comparison = compare(rows)
    if len(comparison.changes) > MOST_CHANGES:
        return to_check(key)
    if comparison.faults or comparison.fingerprint != request.POST.get("seen"):
        messages.error(request, _("The catalogue changed in the meantime, so nothing was written. Look at the differences again."))
        return to_check(key)
    if _rows(kept.take, key, request.user) is None:
        return _begin_again(request)
    return _streamed(request, rows, comparison)


@checkers_only
@require_safe
def catalogue_file(request):
    """The catalogue in the columns that an import reads."""
    return _file(export.write_catalogue, f"catalogus-{timezone.localdate():%Y-%m-%d}.xlsx")


@checkers_only
@require_safe
def template_file(request):
    """An example with an explanation and lists to choose from."""
    return _file(export.write_template, "sjabloon-catalogus.xlsx")


def to_check(key: str):
    """To the differences of a kept file."""
    return redirect("catalogue_import:check", key=key)


def _streamed(request, rows, comparison: Comparison) -> StreamingHttpResponse:
    context = {"here": HERE, "total": len(comparison.changes)}
    page = screen(request, "import_progress.html", _("Import"), context, path=[_crumb()], icon="upload").content.decode()
    pieces = _told(rows, comparison, request.user, page.split(HERE), get_language())
    # Compressing would hold the lines back until there are enough of them, and so tell nothing.
    return StreamingHttpResponse(pieces, headers={"Content-Encoding": "identity"})


def _told(rows, comparison: Comparison, by, page: list[str], language: str) -> Iterator[str]:
    """The page in pieces: each training as it is written, then how it ended."""
    before, between, after = page
    # The pieces are made after the view has returned, when nobody's language is set any more.
    with override(language):
        yield before
        context = {"added": comparison.added, "changed": comparison.changed, "catalogue": CataloguePage.objects.get()}
        try:
            for step in steps(rows, by=by, seen=comparison.fingerprint):
                yield render_to_string("trainings/admin/import_step.html", {"step": step})
        except (ImportRefused, ValidationError):
            context["refused"] = kept.keep(rows, by=by)
        yield between + render_to_string("trainings/admin/import_end.html", context) + after


def _rows(get, key: str, user):
    try:
        return get(key, by=user)
    except kept.NoLongerKept:
        return None
    except kept.NotTheirs as refusal:
        raise Http404 from refusal


def _begin_again(request):
    messages.warning(request, _("This check is over: files are kept for one hour and used once. Choose the file again."))
    return redirect("catalogue_import:upload")


def _file(write, name: str) -> FileResponse:
    file = BytesIO()
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


def _title() -> str:
    return _("Import the catalogue")


def _crumb() -> tuple[str, str]:
    return _title(), reverse("catalogue_import:upload")


urls = [
    path("", upload, name="upload"),
    path("catalogus.xlsx", catalogue_file, name="catalogue"),
    path("sjabloon.xlsx", template_file, name="template"),
    path("<str:key>/", check, name="check"),
    path("<str:key>/uitvoeren/", confirm, name="confirm"),
]


class ImportMenuItem(MenuItem):
    """In the menu of who may make pages; the page itself asks about the catalogue."""

    def is_shown(self, request):
        # Wagtail has asked this for its own menu already, so that it costs no query.
        return page_permission_policy.user_has_permission(request.user, "add")


@hooks.register("register_admin_urls")
def register_import_urls():
    return [path("vormingen-importeren/", include((urls, "catalogue_import")))]


@hooks.register(TRAININGS.menu_hook)
def register_import_menu_item():
    return ImportMenuItem(_title(), reverse("catalogue_import:upload"), name="catalogue-import", icon_name="upload", order=800)


@hooks.register("register_page_header_buttons")
def import_button(page, user, view_name, next_url=None):
    if isinstance(page.specific_deferred, CataloguePage) and may_check(user):
        yield Button(_("Import from a workbook"), reverse("catalogue_import:upload"), icon_name="upload", priority=25)
