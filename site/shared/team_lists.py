"""Lists of the team's admin: search, filters and a download that is safe to open; not there for who may not see them.

For the rooms of the public zone only: the casework zone has no Wagtail.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import versions
from .workbook import Column, Sheet, write

CHUNK = 500


class YesNoAdapter(BaseFilterAdapter):
    """A filter in force stands above its list as yes or no, also above Wagtail's own lists."""

    def get_active_filters(self):
        for chosen in super().get_active_filters():
            yield chosen._replace(value=_("yes") if self.value else _("no"))


register_filter_adapter_class(django_filters.BooleanFilter, adapter_class=YesNoAdapter)


@dataclass(frozen=True)
class Cell:
    """A column of a download: its heading, what it shows of a row, its width and its kind (see `workbook.FORMATS`)."""

    heading: str | Promise
    value: Callable
    width: float = 20
    kind: str = "text"


class TeamIndexView(IndexView):
    """A list whose download goes through our own workbook: no formulas, no control characters, local times, no csv."""

    FORMATS = (IndexView.FORMAT_XLSX,)
    list_export = ["download"]
    table_classname = "listing expor-rows"
    download: Sequence[Cell] = ()

    @cached_property
    def header_more_buttons(self):
        return [button for button in super().header_more_buttons if button.url != self.csv_export_url]

    def write_xlsx(self, queryset, output):
        write_cells(str(self.get_page_title()), self.download, queryset, output)


def write_cells(title: str, download: Sequence[Cell], queryset, output) -> None:
    """A workbook of these rows, in constant memory."""
    columns = [Column(str(cell.heading), cell.width, cell.kind) for cell in download]
    rows = ([cell.value(row) for cell in download] for row in queryset.iterator(chunk_size=CHUNK))
    write([Sheet(title, columns, rows)], output)


class TeamCreateView(CreateView):
    """A new row; `version` names the public pages that are to be rendered anew."""

    version = ""

    def save_action(self):
        bump(self.version)
        return super().save_action()


class TeamEditView(EditView):
    """A row that changes."""

    version = ""

    def save_action(self):
        bump(self.version)
        return super().save_action()


class TeamDeleteView(DeleteView):
    """A row that goes, unless something else needs it."""

    version = ""

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
        except (ProtectedError, PermissionDenied):  # Wagtail sees part of what protects a row, the database all of it
            messages.error(self.request, _("%(name)s is in use and cannot be deleted.") % {"name": self.object})
            return HttpResponseRedirect(self.get_success_url())
        bump(self.version)
        return response


def bump(version: str) -> None:
    """Counts a change of what public pages show, if they show it."""
    if version:
        versions.bump(version)


class TeamViewSet(ModelViewSet):
    """Screens for the rows of one model, for whoever has the model's permissions; for others they are not there."""

    index_view_class = TeamIndexView
    add_view_class = TeamCreateView
    edit_view_class = TeamEditView
    delete_view_class = TeamDeleteView
    copy_view_enabled = False
    download: Sequence[Cell] = ()
    version = ""

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(version=self.version, **kwargs)

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(download=self.download, **kwargs)

    def get_urlpatterns(self):
        return decorate_urlpatterns(super().get_urlpatterns(), hidden_from_others)


def hidden_from_others(view):
    """Turns "you may not" into "there is no such page"."""

    @wraps(view)
    def hiding(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            raise Http404 from refusal

    return hiding
