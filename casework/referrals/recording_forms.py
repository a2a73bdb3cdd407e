"""A referral typed while the call lasts: the same questions as on the site, one of them required."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Referral
from exchange.words import BOUNDARIES, PRIOR_ACTIONS, SECTORS, UNSAID

from .forms import day_field, text_field

SOURCES = [choice for choice in Referral.Source.choices if choice[0] != Referral.Source.FORM]


class RecordForm(forms.Form):
    """What somebody tells by phone, during a visit, by mail or as a member."""

    WORDS = ("worry", "since", "boundary", "boundary_words", "prior_actions", "prior_actions_words", "question")

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    worry = text_field(
        _("What is the worry?"), rows=7, help_text=_("In the words of who tells it. No name is needed."), autofocus=True
    )
    source = forms.ChoiceField(label=_("How did it arrive?"), choices=SOURCES, initial=Referral.Source.PHONE)
    day = day_field(_("On which day?"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[(UNSAID, _("Not asked")), *SECTORS], required=False)
    since = forms.CharField(label=_("Since when?"), max_length=200, required=False)
    boundary = forms.ChoiceField(
        label=_("Which boundary is (threatened to be) crossed?"),
        choices=[("", _("Not asked")), *BOUNDARIES],
        required=False,
    )
    boundary_words = text_field(_("In the words of who tells it"), rows=2, required=False)
    prior_actions = forms.MultipleChoiceField(
        label=_("What was done already?"), choices=PRIOR_ACTIONS, widget=forms.CheckboxSelectMultiple, required=False
    )
    prior_actions_words = text_field(_("More about that"), rows=2, required=False)
    question = text_field(_("What does who tells it ask of you?"), rows=2, required=False)

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.WORDS if self.cleaned_data.get(name)}


class ReferrerForm(forms.Form):
    """Who tells it, as far as they want to say."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    function = forms.CharField(label=_("Function"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    reach = forms.CharField(label=_("When and how to reach them"), max_length=300, required=False)

    @property
    def identity(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if value}
