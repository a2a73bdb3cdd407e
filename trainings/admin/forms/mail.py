"""What the team types for one kind of mail: its own subject, opening and closing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.placeholders import faults
from trainings.mail.kinds import Kind
from trainings.mail.words import Words
from trainings.mail_texts import allowed_in
from trainings.refusals import WrongPlaceholder


class MailTextForm(forms.Form):
    """Empty fields leave the built-in words; a placeholder that does not exist is told beside its field."""

    subject = forms.CharField(label=_("Subject"), max_length=150, required=False)
    opening = forms.CharField(label=_("Opening"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    closing = forms.CharField(label=_("Closing"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - set(kind.fields):
            del self.fields[name]
        for name, field in self.fields.items():
            field.help_text = self._help(name)

    def _help(self, name: str) -> str:
        names = ", ".join(f"{{{placeholder}}}" for placeholder in allowed_in(self.kind, name))
        where = {
            "subject": gettext("Empty: “%(subject)s”.") % {"subject": str(self.kind.subject) % {"training": "{vorming}"}},
            "opening": gettext("Under the greeting, above what the mail says by itself."),
            "closing": gettext("In the place of “Kind regards,”. The name of the team stays below it."),
        }
        return where[name] + " " + gettext("You can use: %(names)s.") % {"names": names}

    def clean(self):
        facts = super().clean()
        for name in self.fields:
            allowed = allowed_in(self.kind, name)
            if wrong := faults(facts.get(name, ""), allowed):
                self.add_error(name, ValidationError(WrongPlaceholder(name, wrong[0], allowed).sentence, code="placeholder"))
        return facts

    @property
    def words(self) -> Words:
        """What was typed, with lines that end as everywhere."""
        return Words(**{name: "\n".join(text.splitlines()) for name, text in self.cleaned_data.items()})
