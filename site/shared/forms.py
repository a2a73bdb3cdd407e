"""How a form looks: one template per field, one for the whole, with the summary of errors on top."""

import unicodedata
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# What Django says of a field, said in our own Dutch: our catalogue comes before Django's.
SAID_OTHERWISE = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
)


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


LONGEST_KEY = 18  # digits: what 64 bits hold, whatever they are

# Days that a plan or a list can be about; outside of them reckoning with time zones ends in errors.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def within_reach(value: date) -> None:
    """Refuses a day that nobody means; takes a moment too."""
    day = value.date() if isinstance(value, datetime) else value
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Choose a day between 2000 and 2099."), code="out_of_reach")


class PossibleKeys:
    """For a field of several rows: a number that no row can have is no choice, where SQLite would break on it."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key})
        return super().clean(value)


class RowsField(PossibleKeys, forms.ModelMultipleChoiceField):
    """Several rows, by their keys."""


class AskedRowsField(RowsField):
    """The same, where the form itself says when none will do: it is not marked as a field that may stay empty."""

    is_asked = True


class PlainCharField(forms.CharField):
    """A name or a function on one line: it stands in mail and calendars, so nothing in it can be followed or break a line."""

    default_error_messages = {
        "required": _("Fill this in."),
        "not_plain": _("Type words only: no web address and no special signs."),
    }

    def to_python(self, value):
        return " ".join(super().to_python(value).split())

    def validate(self, value):
        super().validate(value)
        if "://" in value or "www." in value.lower() or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in value):
            raise ValidationError(self.error_messages["not_plain"], code="not_plain")
