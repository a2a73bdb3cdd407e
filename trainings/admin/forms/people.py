"""What an organiser types about people and arrangements: a reason, somebody's name, a message, what was arranged."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knowledge.network.models import Organisation
from trainings.models import ChecklistItem, Session
from trainings.refusals import NoReason
from trainings.seats import Person

READ_BY_BOTH = _("Stands in the mail to who booked, and in the one to the participant.")


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

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=READ_BY_BOTH)


class DecisionForm(forms.Form):
    """Whether a booking is approved; a no needs a reason."""

    decision = forms.ChoiceField(choices=[("approve", _("approve")), ("refuse", _("do not approve"))])
    overbook = forms.BooleanField(label=_("Also when the session is full"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=_("Stands in the mail to who booked."))

    @property
    def is_approved(self) -> bool:
        """Whether it is a yes."""
        return self.cleaned_data["decision"] == "approve"

    def clean(self):
        facts = super().clean()
        if facts.get("decision") == "refuse" and not facts.get("reason", "").strip():
            self.add_error("reason", NoReason.sentence)
        return facts


class MoveForm(forms.Form):
    """To which session people go, and why."""

    to = forms.ModelChoiceField(
        label=_("To which session?"), queryset=Session.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=READ_BY_BOTH)
    overbook = forms.BooleanField(label=_("Also when that session is full"), required=False)

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        others = Session.objects.filter(training=session.training_id, state=Session.State.PUBLISHED).exclude(pk=session.pk)
        field = self.fields["to"]
        field.queryset = others.upcoming().with_times().with_seats_taken().order_by("starts_at")
        field.label_from_instance = _with_seats


def _with_seats(session: Session) -> str:
    left = max(session.capacity - session.taken, 0)
    seats = ngettext("%(n)s seat left", "%(n)s seats left", left) % {"n": left}
    return f"{date_format(timezone.localtime(session.starts_at), 'l j F Y, G.i')} · {session.code} · {seats}"


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
