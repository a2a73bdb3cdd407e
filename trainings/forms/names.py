"""Names for seats that have none yet: typed into rows, or filled in from a list."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared.uploads import UploadRefused, read_workbook
from trainings.lists import names as name_lists
from trainings.refusals import TooManyNames

from .people import MOST_SEATS, BaseParticipantFormSet, ParticipantForm

PREFIX = "names"
LONGEST_LIST = 20_000  # characters


class NameListForm(forms.Form):
    """A list that somebody has at hand already."""

    pasted = forms.CharField(
        label=_("Paste a list"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("On each line one person: first name, family name, e-mail address and function, with commas or tabs between."),
    )
    workbook = forms.FileField(
        label=_("Or choose an Excel workbook"),
        required=False,
        help_text=_("One person on each row, in the same order, or with the columns named in the first row."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )

    def __init__(self, *args, seats: int, typed: list[dict[str, str]] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats, self.typed = seats, typed or []

    def clean_workbook(self):
        upload = self.cleaned_data["workbook"]
        if not upload:
            return []
        try:
            return name_lists.from_workbook(read_workbook(upload))
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self):
        cleaned = super().clean()
        found = cleaned.get("workbook") or name_lists.from_text(cleaned.get("pasted", ""))
        if not found and not self.errors:
            self.add_error("pasted", _("Paste at least one name, or choose a workbook."))
        cleaned["rows"] = new_in(found, self.typed)
        if len(cleaned["rows"]) + len(self.typed) > self.seats:
            self.add_error("workbook" if cleaned.get("workbook") else "pasted", TooManyNames(self.seats).sentence)
        return cleaned


def typed_in(data) -> list[dict[str, str]]:
    """What was typed into the rows already, right or wrong; empty rows left out."""
    rows = (
        {name: data.get(f"{PREFIX}-{at}-{name}", "").strip() for name in ParticipantForm.base_fields} for at in range(MOST_SEATS)
    )
    return [row for row in rows if any(row.values())]


def new_in(found: list[dict[str, str]], typed: list[dict[str, str]]) -> list[dict[str, str]]:
    """Of a list those who do not stand in the rows already: a list is filled in twice, after a correction."""
    return [row for row in found if not any(row == {name: before[name] for name in row} for before in typed)]


def rows_for(seats: int, data=None, *, found: list[dict[str, str]] | None = None) -> BaseParticipantFormSet:
    """A row for each seat without a name: empty, as posted, or filled with what a list held."""
    number = min(seats, MOST_SEATS)
    formset = forms.formset_factory(
        ParticipantForm, formset=BaseParticipantFormSet, extra=number, max_num=number, validate_max=True, absolute_max=MOST_SEATS
    )
    if found is not None:
        data = _as_posted(found, number)
    return cast("BaseParticipantFormSet", formset(data, prefix=PREFIX))


def _as_posted(found: list[dict[str, str]], number: int) -> dict[str, str]:
    """What a browser would send: so that what a list got wrong is told beside its field at once."""
    data = {f"{PREFIX}-TOTAL_FORMS": str(number), f"{PREFIX}-INITIAL_FORMS": "0"}
    for at, row in enumerate(found[:number]):
        data |= {f"{PREFIX}-{at}-{name}": value for name, value in row.items()}
    return data
