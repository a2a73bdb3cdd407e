"""Finding one's organisation, or proposing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

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


class ProposeForm(forms.ModelForm):
    """An organisation that the team does not know yet; one that resembles a known one is asked about first."""

    another = forms.BooleanField(label=_("No, mine is another organisation"), required=False)

    class Meta:
        model = Organisation
        fields = ["name", "sector", "city"]
        help_texts = {"name": _("In full, as it stands on the front of the building or in the letterhead.")}
        widgets = {
            "name": forms.TextInput({"autocomplete": "organization"}),
            "city": forms.TextInput({"autocomplete": "address-level2"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].empty_label = _("Choose a sector")
        self.alike: list[Organisation] = []

    def clean(self):
        cleaned = super().clean()
        for name in ("name", "city"):
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        if "name" in cleaned and not cleaned["another"]:
            self.alike = looks_like(cleaned["name"])
            if self.alike:
                self.add_error("name", _("We know an organisation with a name like this. Is it yours?"))
        return cleaned

    def validate_constraints(self):
        """One of the same name and city is joined instead (see `membership.propose`), so it is no fault."""
