"""What an organiser chooses for attendance sheets: a period, and on what they come."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.forms import DateInput, within_reach
from trainings.sheets.rows import of_period

LONGEST = timedelta(days=366)


class PeriodForm(forms.Form):
    """From the first day up to and including the last; the coming week unless somebody chooses otherwise."""

    van = forms.DateField(label=_("First day"), widget=DateInput(), validators=[within_reach], initial=timezone.localdate)
    tot = forms.DateField(
        label=_("Last day"), widget=DateInput(), validators=[within_reach], initial=lambda: timezone.localdate() + timedelta(days=6)
    )

    def clean(self):
        days = super().clean()
        first, last = days.get("van"), days.get("tot")
        if first and last and last < first:
            self.add_error("tot", ValidationError(_("The last day must not lie before the first.")))
        elif first and last and last - first > LONGEST:
            self.add_error("tot", ValidationError(_("Choose a period of a year at most.")))
        return days

    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.cleaned_data["van"], self.cleaned_data["tot"]

    def sessions(self):
        """What is held in this period."""
        return of_period(*self.days())

    def query(self) -> str:
        """The period as it stands in an address."""
        return urlencode(dict(zip(("van", "tot"), self.days(), strict=True)))
