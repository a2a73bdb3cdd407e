"""What somebody ticks or types to have data removed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemoveForm(forms.Form):
    """One tick, so that a button that is pressed by accident removes nobody."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone."), error_messages={"required": _("Tick this if you are sure.")}
    )


class RemoveSomebodyForm(forms.Form):
    """Whom the team removes on request: first looked up, then removed."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    sure = forms.BooleanField(
        label=_("This person asked for it, and I know that it is this person."),
        required=False,
        help_text=_("Needed to remove, not to look up."),
    )

    def __init__(self, *args, removes: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].required = removes
