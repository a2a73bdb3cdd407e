"""Filters of the list of sessions that somebody keeps under a name: their own, and nobody else's."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from trainings.access import organisers_only
from trainings.models import SavedFilter

from .filters import SessionFilterSet
from .frame import screen, sessions_crumb

LONGEST = SavedFilter._meta.get_field("query").max_length


class FilterForm(forms.Form):
    """A name, and the filters that it stands for."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    overwrite = forms.BooleanField(label=gettext_lazy("Put it in the place of the filter with this name"), required=False)

    def __init__(self, *args, user, kept: SavedFilter | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.kept = user, kept
        if kept:
            del self.fields["overwrite"], self.fields["query"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = self.user.saved_filters.filter(name=name).exclude(pk=self.kept and self.kept.pk)
        if others.exists() and not (not self.kept and self.data.get("overwrite")):
            raise forms.ValidationError(gettext_lazy("You have a filter with this name already."))
        return name

    def clean_query(self):
        query = known(QueryDict(self.cleaned_data["query"].encode("utf-8", "replace").decode()))
        if len(query) > LONGEST:
            raise forms.ValidationError(gettext_lazy("These are too many filters to keep under one name."))
        return query


def known(sent: QueryDict) -> str:
    """Of what stands in an address only what the list understands; the rest is left out."""
    periods = ["periode_from", "periode_to"]
    names = [*(name for name in SessionFilterSet.base_filters if name != "sessie"), *periods, "q", "ordering"]
    return urlencode([(name, value) for name in names for value in sent.getlist(name) if value])


def links(user, current: QueryDict) -> list[tuple[SavedFilter, bool]]:
    """Somebody's own filters, and which of them the list shows now."""
    shown = known(current)
    return [(kept, kept.query == shown) for kept in user.saved_filters.all()]


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request):
    """Keeps the filters of the list under a name; renames or removes what was kept."""
    if request.method == "POST" and request.POST.get("filter"):
        return _change(request)
    form = FilterForm(request.POST or None, user=request.user, initial={"query": known(request.GET)})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        SavedFilter.objects.update_or_create(user=request.user, name=facts["name"], defaults={"query": facts["query"]})
        messages.success(request, _("The filter is saved."))
        return redirect(f"{reverse('organise:sessions')}?{facts['query']}")
    return _page(request, form)


def _change(request):
    key = request.POST["filter"]
    kept = get_object_or_404(request.user.saved_filters, pk=key if key.isascii() and key.isdigit() and len(key) < 19 else 0)
    if "remove" in request.POST:
        kept.delete()
        messages.success(request, _("The filter is removed."))
        return redirect("organise:filters")
    form = FilterForm(request.POST, user=request.user, kept=kept, prefix=f"filter-{kept.pk}")
    if not form.is_valid():
        return _page(request, FilterForm(user=request.user), typed=form)
    kept.name = form.cleaned_data["name"]
    kept.save()
    messages.success(request, _("Saved."))
    return redirect("organise:filters")


def _page(request, form: FilterForm, typed: FilterForm | None = None):
    kept = request.user.saved_filters.all()
    forms_of_kept = [
        typed
        if typed and typed.kept == each
        else FilterForm(user=request.user, kept=each, prefix=f"filter-{each.pk}", initial={"name": each.name})
        for each in kept
    ]
    context = {"form": form, "kept": forms_of_kept}
    return screen(request, "saved_filters.html", _("Saved filters"), context, path=[sessions_crumb()])
