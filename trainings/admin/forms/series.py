"""What an organiser types to plan a series: the days by a rule or as a list, and the plan of each session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateInput, within_reach
from trainings.dates import series
from trainings.refusals import NoSuchDay

from .planning import FormSentOnce, PlanForm

LIST = "list"
RULES = [
    ("weekly", _("every week")),
    ("two-weekly", _("every two weeks")),
    ("monthly", _("every month on the same weekday")),
    (LIST, _("on the days of my own list")),
]


class SeriesForm(FormSentOnce):
    """Which days: a first day, a rule and a number; or a list that was pasted."""

    rule = forms.ChoiceField(label=_("How often?"), choices=RULES, initial="weekly", widget=forms.RadioSelect)
    first = forms.DateField(label=_("First day"), widget=DateInput(), validators=[within_reach], required=False)
    number = forms.IntegerField(label=_("How many sessions?"), min_value=1, max_value=series.MOST, initial=4, required=False)
    days = forms.CharField(
        label=_("My own list of days"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("One day on each line, as 31/12/2026. Only where you chose your own list above."),
    )

    def clean(self):
        facts = super().clean()
        if facts.get("rule") == LIST:
            self._read_list(facts)
        elif facts.get("rule"):
            for name in ("first", "number"):
                if name not in self.errors and not facts.get(name):
                    self.add_error(name, _("Fill this in."))
            if not self.errors:
                facts["found"] = series.by_rule(facts["first"], facts["rule"], facts["number"])
        self._refuse_far_away(facts)
        return facts

    def _read_list(self, facts: dict) -> None:
        try:
            facts["found"] = series.from_list(facts.get("days", ""))
        except NoSuchDay as refusal:
            self.add_error("days", refusal.sentence)
        else:
            if not 1 <= len(facts["found"]) <= series.MOST:
                self.add_error("days", _("Give one day at least and %(most)s at most.") % {"most": series.MOST})

    def _refuse_far_away(self, facts: dict) -> None:
        try:
            for day in facts.get("found", []):
                within_reach(day)
        except forms.ValidationError as error:
            self.add_error("days" if facts["rule"] == LIST else "first", error)


class SeriesPlanForm(PlanForm):
    """Where, by whom and for how many: the same for each session of the series."""

    day = None  # type: ignore[assignment]  # Django's way to leave out a field of the form above
