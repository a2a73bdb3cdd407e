"""The page of a seat on which its participant tells what is needed; the link in the mail is the key to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainings.forms.needs import NeedForm
from trainings.models import AccessNeed
from trainings.privacy import needs
from trainings.refusals import BookingRefused

from .links import context_of, seat_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need(request, token):
    """Told, changed, or taken back by the button for that."""
    person = seat_of(token)
    if request.method == "POST" and "remove" in request.POST:
        needs.withdraw_need(person)
        messages.success(request, _("What you told is removed. Nobody sees it any more."))
        return redirect("trainings:seat", token=token)
    told = AccessNeed.objects.filter(participant=person).first()
    form = NeedForm(request.POST or None, initial={"text": told.text if told else ""})
    if request.method == "POST" and form.is_valid():
        try:
            needs.tell_need(person, form.cleaned_data["text"])
        except BookingRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Thank you. The organisers of the team read this before the session."))
            return redirect("trainings:seat", token=token)
    return render(request, "trainings/seat_need.html", context_of(person, token) | {"need_form": form})
