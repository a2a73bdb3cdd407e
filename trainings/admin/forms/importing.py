"""The form that takes a workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.uploads import UploadRefused, read_workbook
from trainings.importing.parse import CatalogueRows, rows_of


class UploadForm(forms.Form):
    """A workbook with trainings; valid when it can be read, whatever its rows say."""

    rows: CatalogueRows

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An Excel workbook (.xlsx) of at most 5 MB, without macros and without a password."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        try:
            self.rows = rows_of(read_workbook(self.cleaned_data["file"]))
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return self.cleaned_data["file"]
