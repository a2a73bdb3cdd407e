"""What an organiser types: a plan, a change, a day-part, a message, somebody's name."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation
from shared.forms import DateInput, DateTimeInput, within_reach
from trainings import day_parts
from trainings.models import ChecklistItem, Session, Trainer, Venue
from trainings.refusals import NoSuchTime
from trainings.seats import Person


class TimeInput(forms.TimeInput):
    """A browser's time picker."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class PlanForm(forms.Form):
    """When, where, by whom and for how many; the rest comes from the training."""

    day = forms.DateField(label=_("First day"), widget=DateInput(), validators=[within_reach])
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput(), initial="09:00")
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.all(), required=False, empty_label=_("not known yet"))
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    online_link = forms.URLField(
        label=_("Online link"), required=False, assume_scheme="https", help_text=_("Only participants see this.")
    )
    trainers = forms.ModelMultipleChoiceField(
        label=_("Trainers"), queryset=Trainer.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
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


class CopyForm(forms.Form):
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
            "booking_closes_at",
            "cancelling_closes_at",
            "public_note",
            "team_note",
        ]
        widgets = {
            "trainers": forms.CheckboxSelectMultiple,
            "booking_closes_at": DateTimeInput(),
            "cancelling_closes_at": DateTimeInput(),
            "public_note": forms.Textarea(attrs={"rows": 3}),
            "team_note": forms.Textarea(attrs={"rows": 3}),
        }


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


class ReasonForm(forms.Form):
    """Why the session is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Stands in the mail that everybody gets."),
    )


class CancelSeatsForm(forms.Form):
    """Why somebody's seat is given back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Stands in the mail to who booked."))


class PersonForm(forms.Form):
    """Somebody who takes a seat; a form sent twice gives one seat."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    first_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    function = forms.CharField(label=_("Function"), max_length=80, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.confirmed(), required=False, empty_label=_("none")
    )

    def person(self) -> Person:
        """The answers as the booking verbs take them."""
        facts = self.cleaned_data
        return Person(facts["first_name"], facts["family_name"], facts["email"], facts.get("function", ""))


class SeatForm(PersonForm):
    """Somebody whom the team gives a seat, also when there is none left."""

    overbook = forms.BooleanField(label=_("Also when the session is full"), required=False)


class MessageForm(forms.Form):
    """A message to everybody with a seat."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=5000,
        help_text=_("The greeting with the first name, and your own name below, come by themselves."),
    )


class ArrangeForm(forms.ModelForm):
    """One thing to arrange: done or not, what was agreed, what it costs."""

    done = forms.BooleanField(label=_("Done"), required=False)

    class Meta:
        model = ChecklistItem
        fields = ["note", "amount"]
        # Typed as it is written here, with a comma; a point is understood too.
        localized_fields = ["amount"]
        widgets = {"amount": forms.TextInput(attrs={"inputmode": "decimal"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done"].initial = bool(self.instance.done_at)
        self.prefix = f"item-{self.instance.pk}"


def deadline_errors(form: SessionForm, parts: list[day_parts.Part]) -> None:
    """Puts an error beside each deadline that lies after the start."""
    begins = min(part.starts_at for part in parts)
    for name in ("booking_closes_at", "cancelling_closes_at"):
        if form.cleaned_data[name] > begins:
            when = date_format(timezone.localtime(begins), "DATETIME_FORMAT")
            form.add_error(name, _("This is after the start on %(when)s.") % {"when": when})
