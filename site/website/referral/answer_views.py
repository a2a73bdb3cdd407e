"""Coming back with a code: reading what was answered, writing on, and taking back. The code travels in bodies of POSTs only."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from . import delay, keys
from .answer_forms import AdditionForm, CodeForm, GiveIdentityForm, WithdrawForm, WithdrawIdentityForm
from .answers import thread
from .quiet import quiet, render
from .sending import NotSent, send
from .views import look_over

FORMS: dict[str, type] = {
    "add": AdditionForm,
    "give": GiveIdentityForm,
    "withdraw": WithdrawForm,
    "take-back": WithdrawIdentityForm,
}
SENT: dict[str, Promise] = {
    "add": _("What you added is sent."),
    "give": _("Who it is about is sent, sealed."),
    "withdraw": _("It is sent: your referral is taken back."),
    "take-back": _("It is sent: who it is about is taken back, unless it was passed on already with your agreement."),
}
# Asked once more before they are done.
TWO_STEPS = {"withdraw", "take-back"}


@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def answer(request):
    """The code is asked for; everything after that is a POST that carries it along."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "code", {"form": form})
    step, receipt = request.POST.get("do", ""), form.cleaned_data["code"]
    if step in FORMS and "back" not in request.POST:
        return _act(request, step, receipt)
    return _thread(request, receipt, **_kept(request))


@quiet
def answer_again(request):
    """From a page that no longer counts: the code stands there still, and what was added with it."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "code", {"form": form, "stale": True})
    return _thread(request, form.cleaned_data["code"], stale=True, **_kept(request, step=request.POST.get("do", "")))


answer.show_again = answer_again


def _kept(request, step: str = "") -> dict:
    """The form that somebody goes back to, with what was typed in it."""
    name = request.POST.get("back", step)
    typed = {"auto_id": f"{name}-%s", "anew": bool(step)}
    return {"bound": {name: FORMS[name](request.POST, **typed)}} if name in ("add", "give") else {}


def _act(request, step: str, receipt):
    form = FORMS[step](request.POST, auto_id=f"{step}-%s")
    if not form.is_valid():
        return _thread(request, receipt, bound={step: form})
    if len(form.choices()) < len(form.findings):
        return look_over(request, form, step, code=str(receipt))
    if step in TWO_STEPS and "sure" not in request.POST:
        return render(request, "sure", {"form": form, "step": step, "code": str(receipt)})
    return _send(request, step, form, receipt)


def _send(request, step: str, form, receipt):
    if delay.must_wait(request):
        return _thread(request, receipt, bound={step: form}, status=429, waits=True)
    try:
        send(form.kind, form.content, ticket=form.sent_with, receipt=receipt)
    except (NotSent, keys.KeysMissing):
        return _thread(request, receipt, bound={step: form}, status=503, refused=True)
    return _thread(request, receipt, sent=SENT[step])


def _thread(request, receipt, *, bound: dict | None = None, status: int = 200, **more):
    try:
        found = thread(receipt)
    except DatabaseError:
        form = CodeForm({"code": str(receipt)})
        return render(request, "code", {"form": form, "unreadable": True}, status=503)
    forms = {_name(step): (bound or {}).get(step) or _fresh(step) for step in FORMS}
    context = {"thread": found, "code": str(receipt), "days": settings.ANSWER_WITHIN_DAYS, "forms": forms}
    return render(request, "thread", context | more, status=status)


def _fresh(step: str):
    make: Callable = FORMS[step]
    return make(auto_id=f"{step}-%s")


def _name(step: str) -> str:
    return step.replace("-", "_")
