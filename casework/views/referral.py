"""The page of one referral, and the answer that is typed on it."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import open_referral, own_or_404
from casework.entrance.drafts import form_of
from casework.models import Entry, Handover, Referral, Referrer, SubjectIdentity
from casework.referrals import answering, reading
from casework.referrals.forms import TextForm
from casework.referrals.refusals import NotYours, Refused

from .frame import not_found
from .methods import only_sent_to


@require_safe
def page(request, pk):
    """Everything but who referred and who it is about, which are looked at apart."""
    return show(request, pk, form_of(request, _answer_form))


@only_sent_to
def answer(request, pk):
    """Sends an answer to who holds the code; what can't be sent is shown again with what was typed."""
    referral = own_or_404(pk, by=request.user)
    form = form_of(request, _answer_form)
    if form.is_valid():
        try:
            answering.answer_referrer(referral, text=form.cleaned_data["text"], by=request.user)
        except NotYours:
            return not_found(request)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your answer is on its way. The referrer reads it with the code."))
            return redirect("casework:referral", pk=pk)
    return show(request, pk, form)


def _answer_form(data=None) -> TextForm:
    return TextForm(data, label=_("Your answer"), hint=_("The referrer reads this with the code, on the site."), rows=5)


def show(request, pk, form):
    """The page, with the look on record before anything of it is opened."""
    referral = open_referral(pk, by=request.user)
    return (_news if referral.has_news and request.method != "HEAD" else _whole)(request, referral, form)


@transaction.atomic
def _news(request, referral, form):
    """The page with something new on it, which stays new where the page does not come to be."""
    # Before the thread is read: what arrives from here on is new again.
    Referral.objects.filter(pk=referral.pk).update(has_news=False)
    return _whole(request, referral, form)


def _whole(request, referral, form):
    written = reading.entries(referral)
    return render(request, "casework/referral.html", {
        "referral": referral,
        "outline": reading.outline(referral),
        "answers": reading.answers(referral.words),
        "thread": reading.thread(referral),
        "entries": [each for each in written if each["entry"].kind != Entry.Kind.ADVICE],
        "advice": [each for each in written if each["entry"].kind == Entry.Kind.ADVICE],
        "has_referrer": Referrer.objects.filter(referral=referral).exists(),
        "subject": SubjectIdentity.objects.filter(referral=referral).defer("identity").first(),
        "asked": Handover.objects.filter(referral=referral, state=Handover.State.ASKED).select_related("receiver").first(),
        "form": form,
    })  # fmt: skip
