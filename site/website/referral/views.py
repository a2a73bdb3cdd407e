"""The form: written, looked over where it seems to hold a name, sent, and answered with the card in the same moment.

No address tells one of these steps from the other, and nothing is kept: each step is a POST that carries all that was typed.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainings.dates.working_days import after

from . import delay, keys
from .forms import ReferralForm
from .hints import Choice
from .promises import LIMITS, PROMISES
from .quiet import quiet, render
from .sending import NotSent, send


@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def referral(request):
    """The whole way of a referral, in one address."""
    try:
        keys.recipients()
    except keys.KeysMissing:
        return closed(request)
    if request.method != "POST":
        return _show(request, ReferralForm())
    form = ReferralForm(request.POST)
    if "back" in request.POST or not form.is_valid():
        return _show(request, form)
    if len(form.choices()) < len(form.findings):
        return look_over(request, form)
    return _send(request, form)


@quiet
def referral_again(request):
    """The form as it was typed, for who sent it from a page that no longer counts."""
    return _show(request, ReferralForm(request.POST, anew=True), stale=True)


referral.show_again = referral_again


def _send(request, form):
    if form.sent_with.age < delay.QUICKEST:
        form.add_error(None, _("That went very fast. Look over what stands below, and send it again: nothing is lost."))
        return _show(request, form)
    if delay.must_wait(request):
        return _show(request, form, status=429, waits=True)
    try:
        send("referral", form.content, ticket=form.sent_with, receipt=form.sent_with.receipt)
    except (NotSent, keys.KeysMissing):
        return _show(request, form, status=503, refused=True)
    return _card(request, form.sent_with.receipt)


def _show(request, form, *, status=200, **more):
    context = {"form": form, "days": settings.ANSWER_WITHIN_DAYS, "promises": PROMISES, "limits": LIMITS}
    opened = {"about_you": _any(form, form.in_referrer), "about_them": _any(form, form.in_identity)}
    return render(request, "form", context | opened | more, status=status)


def _any(form, names) -> bool:
    """Whether one of these fields holds something or has an error: its part of the form then stands open."""
    return form.is_bound and any(form.data.get(name) or form.errors.get(name) for name in names)


def look_over(request, form, step: str = "", **more):
    """The hint, with everything typed hidden in the page; `step` is what the button asks for once more."""
    chosen = form.choices()
    rows = [(finding, chosen.get(finding, Choice.MASK)) for finding in form.findings]
    texts = [(form[name].label, form.cleaned_data[name]) for name in form.free_texts if form.cleaned_data[name]]
    context = {"form": form, "rows": rows, "texts": texts, "choices": Choice.choices, "step": step}
    return render(request, "look_over", context | more)


def _card(request, receipt):
    context = {"code": str(receipt), "day": after(timezone.localdate(), settings.ANSWER_WITHIN_DAYS)}
    return render(request, "card", context | {"host": request.get_host(), "days": settings.ANSWER_WITHIN_DAYS})


def closed(request):
    """Nothing can be sealed: so nothing is asked."""
    return render(request, "closed", {}, status=503)
