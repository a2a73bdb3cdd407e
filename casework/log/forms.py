"""Choosing what of the log to see, and which referral to ask about."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import AuditEvent, Referral
from casework.models.referral import reference_in
from people.models import User
from shared.forms import DateInput, within_reach

from . import actions
from .reading import uuid_of


class LogFilter(forms.Form):
    """From and until a day, one person, one action; each may be left open."""

    van = forms.DateField(label=_("From"), required=False, widget=DateInput, validators=[within_reach])
    tot = forms.DateField(label=_("Until"), required=False, widget=DateInput, validators=[within_reach])
    wie = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    wat = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = sorted(((user.pk, str(user)) for user in User.objects.all()), key=lambda pair: pair[1].casefold())
        known = sorted(((code, str(name)) for code, name in actions.LABELS.items()), key=lambda pair: pair[1].casefold())
        self.fields["wie"].choices = [("", _("Everybody")), *people]
        self.fields["wat"].choices = [("", _("Everything")), *known]

    def chosen(self) -> QuerySet[AuditEvent]:
        """The events that fit, the newest first; a part that was filled in wrongly leaves all out."""
        events = AuditEvent.objects.order_by("-number")
        if not self.is_valid():
            return events.none()
        typed = self.cleaned_data
        conditions = {
            "at__gte": _midnight(typed["van"]),
            "at__lt": _midnight(typed["tot"] + timedelta(days=1)) if typed["tot"] else None,
            "actor": typed["wie"],
            "action": typed["wat"] or None,
        }
        return events.filter(**{name: value for name, value in conditions.items() if value is not None})

    def codes(self) -> dict:
        """What was chosen, as the log may hold it."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class WhoLookedForm(forms.Form):
    """A referral, by what people call it aloud or by its id; one that was erased is still known by its id."""

    aanmelding = forms.CharField(
        label=_("Referral"), max_length=40, help_text=_("Its reference, such as K7F-2QM, or its id."), widget=forms.TextInput
    )

    def clean_aanmelding(self):
        text = self.cleaned_data["aanmelding"].strip()
        pk = uuid_of(text)
        if pk is None:
            pk = Referral.objects.filter(reference=reference_in(text)).values_list("pk", flat=True).first()
        if pk is None or not is_known(pk):
            raise ValidationError(_("There is no referral with this reference, and nothing about it in the log."), code="unknown")
        return pk


def is_known(pk) -> bool:
    """Whether there is such a referral, or was one."""
    return Referral.objects.filter(pk=pk).exists() or AuditEvent.objects.filter(kind="referral", object=str(pk)).exists()


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
