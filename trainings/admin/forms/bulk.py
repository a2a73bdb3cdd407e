"""What an organiser does with several sessions at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import RowsField
from trainings.models import Session, Trainer

ACTIONS = [
    ("", _("Choose…")),
    ("publish", _("publish")),
    ("mail", _("write to all")),
    ("trainers", _("set the trainers")),
    ("sheets", _("print the attendance lists")),
    ("export", _("download as an Excel workbook")),
    ("cancel", _("cancel")),
]


class ActionForm(forms.Form):
    """What is to be done with the ticked sessions."""

    action = forms.ChoiceField(
        label=_("With the ticked sessions"), choices=ACTIONS, error_messages={"required": _("Choose what to do.")}
    )


class TrainersForm(forms.Form):
    """Who gives all of these sessions."""

    trainers = RowsField(
        label=_("Trainers"),
        queryset=Trainer.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They come in the place of who is there now."),
    )


def ticked(sent):
    """The sessions whose boxes were ticked, the oldest first; what is no number is left out."""
    keys = [key for key in sent.getlist("sessie") if key.isascii() and key.isdigit() and len(key) < 19]
    return Session.objects.filter(pk__in=keys).select_related("training").with_times().order_by("starts_at", "pk")
