"""What somebody types to book: who they are, who takes part, and on whose behalf."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knowledge.library.models import Sector
from knowledge.network.access import bookable_by
from knowledge.network.models import Organisation
from shared.forms import AskedRowsField, PlainCharField
from trainings.models import Participant
from trainings.seats import Person

from .people import SeatsForm

# What is asked of somebody who does not belong to an organisation yet.
UNKNOWN = ["organisation_name", "sector", "city"]


class BookerForm(SeatsForm):
    """Who books, and for which organisation; the address is asked of who is not signed in."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    first_name = PlainCharField(label=_("Your first name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"}))
    family_name = PlainCharField(
        label=_("Your family name"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a code to sign in with. You need no password."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"), queryset=Organisation.objects.none(), required=False, empty_label=_("for none")
    )
    organisation_name = PlainCharField(
        label=_("Which organisation do you work for?"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"list": "organisations", "autocomplete": "organization"}),
    )
    sector = forms.ModelChoiceField(
        label=_("Sector of the organisation"), queryset=Sector.objects.all(), required=False, empty_label=_("Choose a sector")
    )
    city = PlainCharField(
        label=_("City or municipality"),
        max_length=80,
        initial="Gent",
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    takes_part = forms.BooleanField(label=_("I take part myself"), required=False, initial=True)
    function = PlainCharField(label=_("Your function"), max_length=80, required=False)
    message = forms.CharField(
        label=_("Message to the team"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The training coordinator of your organisation reads this too."),
    )
    fewer_is_fine = forms.BooleanField(label=_("Fewer seats will do as well"), required=False)

    def __init__(self, *args, user, session, **kwargs):
        super().__init__(*args, session=session, **kwargs)
        self.user = user
        self.initial.setdefault("form_key", uuid.uuid4())
        own = bookable_by(user)
        self.fields["organisation"].queryset = own
        self._drop_what_is_known(own)
        if not session.waiting_list:
            del self.fields["fewer_is_fine"]

    def _drop_what_is_known(self, own) -> None:
        if not self.user.is_authenticated:
            unneeded = ["organisation", *UNKNOWN]
        elif own:
            unneeded = ["email", *UNKNOWN]
            self.initial.setdefault("organisation", own[0])
        else:
            unneeded = ["email", "organisation"]
        for name in unneeded:
            del self.fields[name]
        if self.user.is_authenticated:
            self.initial.setdefault("first_name", self.user.first_name)
            self.initial.setdefault("family_name", self.user.last_name)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("organisation_name") and not self.known_organisation:
            if not cleaned.get("sector"):
                self.add_error("sector", _("We do not know this organisation yet: choose its sector, then we add it."))
            if not cleaned.get("city"):
                self.add_error("city", _("In which city or municipality does it work?"))
        return cleaned

    @property
    def known_organisation(self) -> Organisation | None:
        """The confirmed organisation whose name was typed; of several with this name the one in the city that was typed."""
        data = self.cleaned_data
        known = list(Organisation.objects.confirmed().filter(name__iexact=data.get("organisation_name") or "")[:10])
        here = (one for one in known if one.city.casefold() == (data.get("city") or "").casefold())
        return known[0] if len(known) == 1 else next(here, None)

    @property
    def booker(self) -> Person:
        """The booker as a participant."""
        address = self.user.email if self.user.is_authenticated else self.cleaned_data["email"]
        data = self.cleaned_data
        return Person(data["first_name"], data["family_name"], address, data["function"])


class CancelForm(forms.Form):
    """Which seats of a booking are given back: of whom, and how many of those without a name."""

    participants = AskedRowsField(
        label=_("Whose seat do you give back?"),
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unnamed = forms.IntegerField(
        label=_("How many seats without a name do you give back?"),
        min_value=0,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, booking, **kwargs):
        super().__init__(*args, **kwargs)
        active = booking.participants.active().in_order()
        if not booking.session.can_be_cancelled_by_booker:  # too late for seats; who waits or asks may always leave
            active = active.filter(state__in=Participant.ASKING)
        named = active.exclude(first_name="", family_name="")
        self.nameless = list(active.filter(first_name="", family_name="").order_by("-pk"))
        self.fields["participants"].queryset = named
        if not named:
            del self.fields["participants"]
        if not self.nameless:
            del self.fields["unnamed"]
        else:
            self.fields["unnamed"].widget.attrs["max"] = len(self.nameless)
        if len(named) == 1 and not self.nameless:
            self.initial.setdefault("participants", list(named))

    def clean(self):
        cleaned = super().clean()
        number, most = cleaned.get("unnamed") or 0, len(self.nameless)
        if number > most:
            self.add_error("unnamed", ngettext("There is only %(n)s.", "There are only %(n)s.", most) % {"n": most})
        elif not self.errors and not self.leaving:
            self.add_error(next(iter(self.fields)), _("Choose one person or one seat at least."))
        return cleaned

    @property
    def leaving(self) -> list[Participant]:
        """The seats that are given back; of those without a name the ones that came last."""
        return [*self.cleaned_data.get("participants", ()), *self.nameless[: self.cleaned_data.get("unnamed") or 0]]
