"""How a form looks: one template per field, one for the whole, with the summary of errors on top."""

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Project templates for fields, Django's own for the widgets (so `django.forms` need not be installed first)."""

    form_template_name = "shared/form.html"
    field_template_name = "shared/field.html"
    formset_template_name = "shared/formset.html"


class DateInput(forms.DateInput):
    """A browser's date picker; the value travels as ISO 8601."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A browser's date and time picker; the value travels as local time without a zone."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
