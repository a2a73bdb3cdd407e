"""Finding one's organisation, or proposing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.library.models import Sector

from .duplicates import looks_like
from .models import Organisation


class SearchForm(forms.Form):
    """A few letters of the name or the city."""

    zoek = forms.CharField(
        label=_("Name or city of your organisation"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "organization", "enterkeyhint": "search"}),
    )


class ProposeForm(forms.Form):
    """An organisation that the team does not know yet; one that resembles a known one is asked about first.

    The very same name and city is no fault here: such an organisation is joined (see `membership.propose`).
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        help_text=_("In full, as it stands on the front of the building or in the letterhead."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    another = forms.BooleanField(label=_("No, mine is another organisation"), required=False)
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.all(), empty_label=_("Choose a sector"))
    # Asked without a suggestion: of two organisations with one name the city is all that tells them apart.
    city = forms.CharField(
        label=_("City or municipality"), max_length=80, widget=forms.TextInput({"autocomplete": "address-level2"})
    )

    alike: list[Organisation] = []

    def clean(self):
        cleaned = super().clean()
        if "name" in cleaned and not cleaned["another"]:
            self.alike = looks_like(cleaned["name"])
            if self.alike:
                self.add_error("name", _("We know an organisation with a name like this. Is it yours?"))
        return cleaned
