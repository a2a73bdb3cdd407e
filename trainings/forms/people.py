"""Rows for people: colleagues for whom a seat is booked, and names that follow later."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared.forms import PlainCharField
from trainings.models import Session
from trainings.refusals import AlreadyBooked, NamesClosed, PrerequisiteNotMet
from trainings.seats import Person

MOST_SEATS = 30
# As many rows as the largest hall has seats; what a session takes is looked at in its own form.
LARGEST_GROUP = 1000


class SeatsForm(forms.Form):
    """Seats without a name, and what everybody must have followed; only what this session asks for or allows."""

    unnamed = forms.IntegerField(
        label=_("Seats for people whose name you do not know yet"),
        min_value=0,
        max_value=LARGEST_GROUP,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    as_group = forms.BooleanField(
        label=_("We come as a group: no names needed"),
        required=False,
        help_text=_("For a whole team. The attendance sheet has an empty line for each of you."),
    )
    prerequisites_met = forms.BooleanField(
        label=_("Everybody who takes part has followed this, or knows as much"),
        error_messages={"required": PrerequisiteNotMet.sentence},
    )

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        asked = {
            "unnamed": session.takes_names or session.head_count,
            "as_group": session.head_count,
            "prerequisites_met": session.training.prerequisites.exists(),
        }
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        number, as_group = cleaned.get("unnamed") or 0, cleaned.get("as_group", False)
        if as_group and not number and "unnamed" not in self.errors:
            self.add_error("unnamed", _("How many of you come without a name?"))
        if number > MOST_SEATS and not as_group:
            self.add_error("unnamed", _("At most %(n)s at once. Are you more? Let the team know.") % {"n": MOST_SEATS})
        if number and not as_group and not self.session.takes_names:
            self.add_error("unnamed", NamesClosed.sentence)
        return cleaned


class ParticipantForm(forms.Form):
    """A colleague for whom a seat is booked; a row that stays empty is nobody, and asks for nothing."""

    first_name = PlainCharField(label=_("First name"), max_length=80)
    family_name = PlainCharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("For the invitation in the calendar. Leave it empty and all mail goes to you."),
    )
    function = PlainCharField(label=_("Function"), max_length=80, required=False)

    @property
    def person(self) -> Person | None:
        """Who was typed into this row."""
        return Person(**self.cleaned_data) if self.cleaned_data else None


class BaseParticipantFormSet(forms.BaseFormSet):
    """The rows for colleagues; the same address twice is one mistake, told beside the second."""

    def clean(self):
        seen: set[str] = set()
        for form in self.forms:
            address = form.cleaned_data.get("email", "").lower() if form.is_valid() else ""
            if address and address in seen:
                form.add_error("email", ValidationError(_("This address stands in another row already.")))
            seen.add(address)

    def refuse(self, refusal: AlreadyBooked) -> bool:
        """Shows beside the right row that its address has a seat; whether there is such a row."""
        return self.mark(refusal.email, str(refusal.sentence))

    def mark(self, address: str, sentence: str) -> bool:
        """Shows this sentence beside the row with this address; whether there is such a row."""
        row = next((form for form in self.forms if form.cleaned_data.get("email", "").lower() == address), None)
        if row and address:
            row.add_error("email", sentence)
        return bool(row and address)


ParticipantFormSet = forms.formset_factory(
    ParticipantForm, formset=BaseParticipantFormSet, extra=1, max_num=MOST_SEATS, validate_max=True, absolute_max=MOST_SEATS
)
