"""Which two organisations the team merges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.network.merging import refuse_merging
from knowledge.network.models import Organisation
from knowledge.network.refusals import CannotMerge


class _OrganisationField(forms.ModelChoiceField):
    def label_from_instance(self, organisation):
        state = "" if organisation.state == Organisation.State.CONFIRMED else f" · {organisation.get_state_display()}"
        return f"{organisation.name} ({organisation.city}){state}"


class MergeForm(forms.Form):
    """The one that goes up in the other."""

    gone = _OrganisationField(
        label=_("This one goes"),
        queryset=Organisation.objects.standing(),
        empty_label=_("Choose an organisation"),
        help_text=_("It stays in the list as merged, so that old lists make sense. Nobody can choose it any more."),
    )
    stays = _OrganisationField(
        label=_("This one stays"),
        queryset=Organisation.objects.confirmed(),
        empty_label=_("Choose an organisation"),
        help_text=_("It gets the members, bookings and everything else. Its name, city and sector stay as they are."),
    )

    def clean(self):
        cleaned = super().clean()
        if "gone" in cleaned and "stays" in cleaned:
            try:
                refuse_merging(cleaned["gone"], cleaned["stays"])
            except CannotMerge as refusal:
                self.add_error("stays", refusal.sentence)
        return cleaned
