"""What a participant types about what is needed to take part."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NeedForm(forms.Form):
    """One free text: nobody is asked for a diagnosis, only for what helps."""

    text = forms.CharField(
        label=_("What do you need?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For example a place near the front, a step-free room, an interpreter, or the texts in advance."),
        error_messages={"required": _("Type what you need, or leave this page: you need not tell anything.")},
    )
