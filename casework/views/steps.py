"""The steps of a referral that each have a small form of their own: what to write, then back to the referral."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access import own_or_404
from casework.entrance.drafts import form_of
from casework.referrals import answering, closing, retention, withdrawing, writing
from casework.referrals.forms import BoundaryForm, CloseForm, PreventionForm, RedirectForm, SaidForm, TalkForm, TextForm
from casework.referrals.refusals import NamesGoAlong, NotYours, Refused

from .frame import not_found
from .methods import fills_in


def step(request, pk, *, form, verb, title, button, done, lead="", danger=False):
    """One form about one referral of one's own; `form(referral, data)` makes it, `verb(referral, form)` does what it asks."""
    referral = own_or_404(pk, by=request.user)
    bound = form_of(request, lambda data: form(referral, data))
    if request.method == "POST" and bound.is_valid():
        try:
            verb(referral, bound)
        except NotYours:
            return not_found(request)
        except NamesGoAlong as refusal:
            bound.refuse(refusal)
        except Refused as refusal:
            bound.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("casework:referral", pk=pk)
    context = {"referral": referral, "form": bound, "title": title, "button": button, "lead": lead, "danger": danger}
    return render(request, "casework/step.html", context | {"back": reverse("casework:referral", args=[pk])})


def _text_step(verb, *, title, button, done, hint=""):
    """The page of a verb that takes one text."""

    @fills_in
    def page(request, pk):
        return step(
            request,
            pk,
            form=lambda referral, data: TextForm(data, label=title, hint=hint, rows=8),
            verb=lambda referral, form: verb(referral, text=form.cleaned_data["text"], by=request.user),
            title=title,
            button=button,
            done=done,
        )

    return page


note = _text_step(
    writing.write_note,
    title=gettext_lazy("Write a note"),
    button=gettext_lazy("Keep this note"),
    done=gettext_lazy("The note is kept."),
    hint=gettext_lazy("For you and who takes this over later. The referrer does not see it."),
)
advice = _text_step(
    writing.give_advice,
    title=gettext_lazy("Advice"),
    button=gettext_lazy("Keep this advice"),
    done=gettext_lazy("The advice is kept. It is not sent by itself."),
    hint=gettext_lazy("What you advise the referrer to do, and why. You need this before you can close the referral."),
)
action = _text_step(
    writing.add_action,
    title=gettext_lazy("Action taken"),
    button=gettext_lazy("Add this action"),
    done=gettext_lazy("The action is added."),
    hint=gettext_lazy("What was done, by whom and when."),
)


@fills_in
def boundary(request, pk):
    """The case manager judges; none is a full answer (I10)."""
    return step(
        request,
        pk,
        form=lambda referral, data: BoundaryForm(data),
        verb=lambda referral, form: writing.judge_boundary(referral, **form.cleaned_data, by=request.user),
        title=_("Judge the boundary"),
        button=_("Keep this judgement"),
        done=_("Your judgement is kept."),
        lead=_("Discussion, debate and social action are lawful. Is no boundary crossed? Then that is a full answer."),
    )


@fills_in
def talk(request, pk):
    """A talk with the referrer, written down."""
    return step(
        request,
        pk,
        form=lambda referral, data: TalkForm(data),
        verb=lambda referral, form: answering.record_talk(referral, **form.cleaned_data, by=request.user),
        title=_("Write down a talk"),
        button=_("Keep this talk"),
        done=_("The talk is kept."),
    )


@fills_in
def close(request, pk):
    """Closed with advice (I5)."""
    return step(
        request,
        pk,
        form=lambda referral, data: CloseForm(data, referral=referral),
        verb=lambda referral, form: closing.close_with_advice(referral, **form.cleaned_data, by=request.user),
        title=_("Close with advice"),
        button=_("Close this referral"),
        done=_("The referral is closed."),
        lead=_kept("advised_closed"),
    )


@fills_in
def redirect_elsewhere(request, pk):
    """Others can do this better; they are named."""
    return step(
        request,
        pk,
        form=lambda referral, data: RedirectForm(data, referral=referral),
        verb=lambda referral, form: closing.redirect_referral(referral, **form.cleaned_data, by=request.user),
        title=_("Redirect"),
        button=_("Redirect and close"),
        done=_("The referral is closed."),
        lead=_kept("redirected"),
    )


@fills_in
def prevention(request, pk):
    """Something for prevention, without anybody in it (I9)."""
    return step(
        request,
        pk,
        form=lambda referral, data: PreventionForm(data, referral=referral),
        verb=lambda referral, form: closing.to_prevention(referral, **form.cleaned_data, by=request.user),
        title=_("To prevention"),
        button=_("Pass on to prevention and close"),
        done=_("The referral is closed."),
        lead=_("No personal data goes along. What you write here is compared with the names in this referral."),
    )


@fills_in
def withdraw(request, pk):
    """The referrer takes it back, in words that are recorded."""
    return step(
        request,
        pk,
        form=lambda referral, data: SaidForm(data),
        verb=lambda referral, form: withdrawing.withdraw_referral(referral, **form.cleaned_data, by=request.user),
        title=_("The referrer withdraws the referral"),
        button=_("Withdraw this referral"),
        done=_("The referral is withdrawn."),
        lead=_kept("withdrawn"),
        danger=True,
    )


def _kept(state: str) -> str:
    day = formats.date_format(retention.end_of(state, timezone.localdate()))
    text = _("From today nothing more happens with it, and on %(day)s it is erased.") % {"day": day}
    source = retention.source_of(state)
    return text + " " + _("This term comes from: %(source)s.") % {"source": source} if source else text
