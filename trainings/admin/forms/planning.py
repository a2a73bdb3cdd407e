"""What an organiser types to plan a session or to change one: a plan, facts, who may book, day-parts."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation
from shared.forms import DateInput, DateTimeInput, RowsField, within_reach
from trainings.dates import day_parts
from trainings.lists import addresses as address_lists
from trainings.models import Session, Trainer, Venue
from trainings.refusals import NoSuchTime

DEADLINES = ("booking_closes_at", "names_close_at", "cancelling_closes_at", "changing_closes_at")


class TimeInput(forms.TimeInput):
    """A browser's time picker."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class FormSentOnce(forms.Form):
    """A form that makes drafts: sent twice, it makes them once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class PlanForm(FormSentOnce):
    """When, where, by whom and for how many; the rest comes from the training."""

    day = forms.DateField(label=_("First day"), widget=DateInput(), validators=[within_reach])
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput(), initial="09:00")
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.all(), required=False, empty_label=_("not known yet"))
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    online_link = forms.URLField(
        label=_("Online link"), required=False, assume_scheme="https", help_text=_("Only participants see this.")
    )
    trainers = RowsField(label=_("Trainers"), queryset=Trainer.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    capacity = forms.IntegerField(label=_("Number of seats"), min_value=1, max_value=1000)
    language = Session._meta.get_field("language").formfield(label=_("Language"))
    visibility = Session._meta.get_field("visibility").formfield(label=_("Visibility"))

    def clean(self):
        facts = super().clean()
        if facts.get("day") and facts.get("begins"):
            try:
                day_parts.moment(facts["day"], facts["begins"])
            except NoSuchTime as refusal:
                self.add_error("begins", refusal.sentence)
        return facts

    def plan(self) -> dict:
        """The answers as `plan_session` takes them."""
        facts = dict(self.cleaned_data)
        place = {name: facts.pop(name) for name in ("venue", "room", "online_link")}
        return facts | {"place": place}


class CopyForm(FormSentOnce):
    """The day that a copy begins on."""

    day = forms.DateField(label=_("First day of the new session"), widget=DateInput(), validators=[within_reach])


class SessionForm(forms.ModelForm):
    """The facts of a session; its day-parts are apart. `seen` says which change was the latest when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Session
        fields = [
            "trainers",
            "capacity",
            "waiting_list",
            "language",
            "visibility",
            *DEADLINES,
            "audience",
            "organisations",
            "invited",
            "approval",
            "pending_holds_seat",
            "seats_per_organisation",
            "head_count",
            "offer_days",
            "first_timers_first",
            "public_note",
            "team_note",
        ]
        field_classes = {"trainers": RowsField, "organisations": RowsField}
        widgets = {
            "trainers": forms.CheckboxSelectMultiple,
            **{name: DateTimeInput() for name in DEADLINES},
            "audience": forms.RadioSelect,
            "organisations": forms.SelectMultiple(attrs={"size": 8}),
            "invited": forms.Textarea(attrs={"rows": 4}),
            "public_note": forms.Textarea(attrs={"rows": 3}),
            "team_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who was chosen before stays to be seen, whatever became of it.
        known = Organisation.objects.confirmed() | Organisation.objects.filter(sessions_for_them=self.instance)
        self.fields["organisations"].queryset = known.distinct().order_by("name")

    def clean_invited(self):
        found = address_lists.read(self.cleaned_data["invited"])
        if found.wrong:
            raise ValidationError(_("This is no e-mail address: %(address)s.") % {"address": ", ".join(found.wrong)})
        return "\n".join(found.addresses)

    def clean(self):
        facts = super().clean()
        if facts.get("audience") == Session.Audience.ORGANISATIONS and not facts.get("organisations"):
            self.add_error("organisations", _("Choose the organisations whose people may book."))
        if facts.get("audience") == Session.Audience.INVITED and not facts.get("invited") and "invited" not in self.errors:
            self.add_error("invited", _("Give the addresses of who may book."))
        return facts


class DayPartForm(forms.Form):
    """One day-part; an empty row is no day-part."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    starts_at = forms.DateTimeField(label=_("Start"), widget=DateTimeInput(), validators=[within_reach])
    ends_at = forms.DateTimeField(label=_("End"), widget=DateTimeInput(), validators=[within_reach])
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.all(), required=False, empty_label=_("not known yet"))
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    def clean(self):
        facts = super().clean()
        starts_at, ends_at = facts.get("starts_at"), facts.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end must be later than the start."))
        return facts


class BaseDayParts(forms.BaseFormSet):
    """The day-parts of one session, with one empty row to add another."""

    def clean(self):
        if any(self.errors):
            return
        parts = self.parts()
        if not parts:
            raise ValidationError(_("A session needs one day-part at least."))
        if len({part.starts_at for part in parts}) < len(parts):
            raise ValidationError(_("Two day-parts begin at the same time."))

    def parts(self) -> list[day_parts.Part]:
        """The day-parts as they are to be; removed and empty rows are left out."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        return [
            day_parts.Part(**{name: value for name, value in row.items() if name != "DELETE"})
            for row in rows
            if row and not row.get("DELETE")
        ]


DayPartFormSet = forms.formset_factory(DayPartForm, formset=BaseDayParts, extra=1, can_delete=True, max_num=60, absolute_max=60)


def day_part_rows(session: Session) -> list[dict]:
    """The day-parts of a session as the formset begins with them."""
    names = ("pk", "starts_at", "ends_at", "venue", "room", "online_link")
    return [{name: getattr(part, name) for name in names} for part in day_parts.of(session)]


def deadline_errors(form: SessionForm, parts: list[day_parts.Part]) -> None:
    """Puts an error beside each deadline that lies after the start."""
    begins = min(part.starts_at for part in parts)
    for name in DEADLINES:
        if form.cleaned_data[name] > begins:
            when = date_format(timezone.localtime(begins), "DATETIME_FORMAT")
            form.add_error(name, _("This is after the start on %(when)s.") % {"when": when})
