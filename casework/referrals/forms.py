"""What a case manager types about a referral that is there."""

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import access
from casework.models import Message, SubjectIdentity
from exchange.words import BOUNDARIES, DOUBT
from shared.forms import DateInput

from .closing import waits_for_an_answer
from .refusals import StillUnanswered

LONGEST = 20_000
WITHOUT_CODE = [choice for choice in SubjectIdentity.Means.choices if choice[0] != SubjectIdentity.Means.CODE]
NO_BOUNDARY = "none"
JUDGED = [choice for choice in BOUNDARIES if choice[0] != DOUBT]
JUDGED += [(DOUBT, _("Not clear yet")), (NO_BOUNDARY, _("No boundary"))]


def text_field(label, *, rows: int = 5, autofocus: bool = False, **more) -> forms.CharField:
    """Room for some sentences."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows, "autofocus": True} if autofocus else {"rows": rows}),
        **more,
    )


def day_field(label, **more) -> forms.DateField:
    """A day up to today."""
    return forms.DateField(label=label, widget=DateInput(), initial=timezone.localdate, validators=[_not_to_come], **more)


def _not_to_come(day) -> None:
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come."))


class TextForm(forms.Form):
    """One text: an answer, a note, an advice, an action."""

    text = text_field(_("Text"))

    def __init__(self, *args, label=None, hint="", rows=5, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].help_text = hint
        self.fields["text"].widget.attrs["rows"] = rows


class BoundaryForm(forms.Form):
    """The judgement of the boundary; none is a full answer."""

    boundary = forms.ChoiceField(label=_("Which boundary is (threatened to be) crossed?"), choices=JUDGED, widget=forms.RadioSelect)
    text = text_field(_("Why do you think so?"), rows=4, required=False)


class TalkForm(forms.Form):
    """What was said without the code."""

    direction = forms.ChoiceField(
        label=_("Who told something?"),
        choices=[(Message.Direction.IN, _("The referrer told me this")), (Message.Direction.OUT, _("I told the referrer this"))],
        widget=forms.RadioSelect,
    )
    means = forms.ChoiceField(label=_("How?"), choices=WITHOUT_CODE)
    text = text_field(_("What was said?"))


class SaidForm(forms.Form):
    """When and how the referrer said that something is taken back."""

    day = day_field(_("When did the referrer say so?"))
    means = forms.ChoiceField(label=_("How?"), choices=WITHOUT_CODE)


class SubjectForm(forms.Form):
    """Who the person of concern is, as far as the referrer says."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    birth = forms.CharField(label=_("Date of birth or age"), max_length=60, required=False)
    address = forms.CharField(label=_("Address or neighbourhood"), max_length=300, required=False)
    other = text_field(_("Something else by which the person is known"), rows=2, required=False)

    def clean(self):
        if not self.errors and not self.identity:
            raise forms.ValidationError(_("Fill in at least one of these."))
        return super().clean()

    @property
    def identity(self) -> dict:
        names = ("name", "birth", "address", "other")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}


class OfferForm(SubjectForm, SaidForm):
    """An identity in the referrer's words, with day and means (I2)."""

    field_order = ["day", "means", "name", "birth", "address", "other"]


class CloseForm(forms.Form):
    """Closing; a last answer is asked where a code is there to read it with, and missed where nobody answered before."""

    text = text_field(
        _("Your last answer to the referrer"),
        required=False,
        help_text=_("Your advice does not go along by itself: write here what the referrer may know."),
    )
    unanswered = forms.BooleanField(label=_("I close without an answer to the referrer."), required=False)

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        if not referral.has_code:
            del self.fields["text"]
        if not waits_for_an_answer(referral):
            del self.fields["unanswered"]

    def clean(self):
        typed = super().clean() or self.cleaned_data
        if "unanswered" in self.fields and not typed.get("unanswered") and not typed.get("text"):
            self.add_error("text", StillUnanswered.message)
        return typed


class RedirectForm(CloseForm):
    """Where it goes instead, and what was agreed."""

    destination = forms.CharField(label=_("To whom do you redirect?"), max_length=200)
    note = text_field(_("What did you agree with the referrer?"), rows=3, required=False)
    field_order = ["destination", "note", "text", "unanswered"]


class PreventionForm(CloseForm):
    """What prevention may know: the theme, and nobody."""

    theme = text_field(
        _("What can prevention do something with?"), rows=4, help_text=_("Describe the theme and the surroundings, not the people.")
    )
    sure = forms.BooleanField(label=_("I looked: these words are no names of people."), required=False)
    field_order = ["theme", "sure", "text", "unanswered"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["sure"]

    def full_clean(self):
        super().full_clean()
        if self._errors:
            self.fields.pop("sure", None)

    def refuse(self, refusal) -> None:
        """Says which words may be about somebody; only what a person can judge may be said to be no name."""
        if not refusal.perhaps:
            self.fields.pop("sure", None)
        self.add_error("theme", _("This may be about somebody: %(words)s") % {"words": ", ".join(refusal.found)})


class _ChoosingSomebody(forms.Form):
    """One of the other case managers, in the field that `chosen` names; `nobody` is said where none is chosen."""

    chosen: str
    nobody: Promise

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in access.case_managers() if one != user}
        self.fields[self.chosen].choices = [("", self.nobody), *((pk, str(one)) for pk, one in self.colleagues.items())]

    @property
    def colleague(self):
        return self.colleagues.get(self.cleaned_data[self.chosen])


class ColleagueForm(_ChoosingSomebody):
    """To whom, with what to know."""

    chosen, nobody = "to", _("Choose")
    to = forms.ChoiceField(label=_("To which colleague?"))
    note = text_field(_("What should your colleague know?"), help_text=_("Your colleague reads this together with the referral."))


class DeputyForm(_ChoosingSomebody):
    """Who gets the alerts too."""

    chosen, nobody = "deputy", _("Nobody")
    deputy = forms.ChoiceField(label=_("Who stands in for you?"), required=False)


class LookUpForm(forms.Form):
    """A name."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "off", "autofocus": True}))
