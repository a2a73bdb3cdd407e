"""What somebody types at the contact point, and what the team types back."""

import uuid

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SIGNER = signing.Signer(salt="website.question")


def new_form_key() -> str:
    """A key that only we can make: it names one form on one screen, so that what is sent twice arrives once."""
    return SIGNER.sign(str(uuid.uuid4()))


def is_ours(form_key: str | None) -> bool:
    """Whether `new_form_key` made this."""
    try:
        SIGNER.unsign(form_key or "")
    except signing.BadSignature:
        return False
    return True


class QuestionForm(forms.Form):
    """A question to the contact point. `nickname` is hidden from people: what fills it in is a machine."""

    form_key = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send our answer here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Your organisation"), max_length=160, required=False, widget=forms.TextInput({"autocomplete": "organization"})
    )
    text = forms.CharField(
        label=_("Your question"),
        max_length=5000,
        help_text=_("Do not write down names or anything else by which another person can be recognised."),
        widget=forms.Textarea({"rows": 8}),
    )
    nickname = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, data=None, *, user=None, **kwargs):
        self.key_was_renewed = data is not None and not is_ours(data.get("form_key"))
        if self.key_was_renewed:
            data = data.copy()
            data["form_key"] = new_form_key()
        super().__init__(data, **kwargs)
        self.initial.setdefault("form_key", new_form_key())
        if user and user.is_authenticated:
            self.initial.setdefault("name", user.get_full_name())
            self.initial.setdefault("email", user.email)

    def clean_nickname(self):
        # A person may get here by a password manager that fills in everything: say so, and lose nothing.
        if self.cleaned_data["nickname"]:
            raise forms.ValidationError(_("This field is a trap for machines. Empty it and send the form again."))
        return ""

    def clean(self):
        if self.key_was_renewed:
            raise forms.ValidationError(_("Something went wrong with this form. Nothing is lost: send it once more."))
        return super().clean()

    @property
    def question(self) -> dict:
        """What `ask_question` wants to know."""
        typed = {name: self.cleaned_data[name] for name in ("name", "email", "organisation", "text")}
        return typed | {"form_key": uuid.UUID(SIGNER.unsign(self.cleaned_data["form_key"]))}


class AnswerForm(forms.Form):
    """The team's answer to a question."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=10_000,
        help_text=_("The greeting and the name of the team are added. The question itself is not repeated."),
        widget=forms.Textarea({"rows": 12}),
    )
