"""What somebody types who comes back with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.receipts import Mistyped, Receipt

from .forms import IdentityForm, TicketForm, text


class CodeForm(forms.Form):
    """The code of the card. A slip of the fingers is told here, without looking anything up."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("Six groups of four signs and one of two. Small letters are fine, and spaces and hyphens do not matter."),
        error_messages={"required": _("Type the code that stands on your card.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": "34"}),
    )

    def clean_code(self) -> Receipt:
        try:
            return Receipt.read(self.cleaned_data["code"])
        except Mistyped as error:
            sentence = _("There is a slip in this code: compare it with your card, sign by sign. Nothing was looked up.")
            raise forms.ValidationError(sentence) from error


class AdditionForm(TicketForm):
    """Something more about the same referral, or an answer to a question of the case manager."""

    text = text(_("What do you want to add or answer?"), rows=4, missing=_("Write what you want to add."))
    free_texts = ("text",)
    kind = "addition"

    @property
    def content(self) -> dict:
        """What casework gets."""
        return {"text": self.tidied("text")}


class GiveIdentityForm(IdentityForm):
    """Who it is about, given later."""

    kind = "identity"

    def clean(self):
        typed = super().clean()
        if not any(self.cleaned_data.get(name) for name in self.in_identity):
            raise forms.ValidationError(_("Fill in one field at least. Or leave this closed: you need not give it."))
        return typed

    @property
    def content(self) -> dict:
        """What casework gets."""
        return {"identity": self.identity}


class WithdrawForm(TicketForm):
    """Taking the whole referral back."""

    kind = "withdrawal"
    content: dict = {}


class WithdrawIdentityForm(TicketForm):
    """Taking back who it is about."""

    kind = "identity_withdrawal"
    content: dict = {}
