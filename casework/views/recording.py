"""Recording a referral while somebody tells it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from casework.entrance.drafts import forms_of
from casework.models import Role
from casework.referrals import recording
from casework.referrals.forms import SubjectForm
from casework.referrals.recording_forms import RecordForm, ReferrerForm
from casework.referrals.refusals import NotACaseManager, NotYours

from .frame import not_found
from .methods import fills_in
from .only_for import only_for


class PersonForm(SubjectForm):
    """The identity of the person, which nobody needs to give (I1)."""

    def clean(self):
        return self.cleaned_data


@only_for(Role.Kind.CASE_MANAGER)
@fills_in
def record(request):
    """One page, one required field; what is known of people goes into its closed parts."""
    form, who, person = forms_of(
        request, RecordForm, lambda data: ReferrerForm(data, prefix="referrer"), lambda data: PersonForm(data, prefix="subject")
    )
    if request.method == "POST" and all([form.is_valid(), who.is_valid(), person.is_valid()]):
        facts = {name: form.cleaned_data[name] for name in ("form_key", "source", "day", "sector")}
        people = {"referrer": who.identity, "subject": person.identity}
        try:
            referral = recording.record_referral(**facts, words=form.words, **people, by=request.user)
        except (NotYours, NotACaseManager):
            return not_found(request)
        messages.success(request, _("The referral is kept. You are its case manager."))
        return redirect("casework:code", pk=referral.pk)
    return render(request, "casework/record.html", {"form": form, "who": who, "person": person})
