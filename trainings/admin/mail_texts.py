"""The words of the mails, as the team wants them: a list of all kinds, and for each a form with the whole mail beside it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.models import MailText
from shared.outbox import as_html
from trainings import mail_texts
from trainings.access import organisers_only
from trainings.mail.examples import example
from trainings.mail.kinds import KINDS, PLACEHOLDERS, Kind
from trainings.mail.words import Words

from .forms.mail import MailTextForm
from .frame import screen, sessions_crumb


@organisers_only
@require_safe
def index(request):
    """All kinds of mail, and which of them say the team's own words."""
    changed = {text.kind: text for text in MailText.objects.select_related("changed_by")}
    rows = [(kind, changed.get(kind.name)) for kind in KINDS.values()]
    return screen(request, "mail_texts.html", _("Words of the mails"), {"rows": rows}, path=[sessions_crumb()], icon="mail")


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, kind):
    """Subject, opening and closing of one kind: looked at first, then saved, or put back to the built-in words."""
    found = _kind(kind)
    if request.method == "POST" and "restore" in request.POST:
        mail_texts.restore_words(found)
        messages.success(request, _("This mail says the built-in words again."))
        return redirect("organise:mail-texts")
    written = mail_texts.written(found)
    form = MailTextForm(request.POST or None, kind=found, initial=asdict(written))
    fits = request.method == "POST" and form.is_valid()
    if fits and "save" in request.POST:
        mail_texts.change_words(found, form.words, by=request.user)
        messages.success(request, _("Saved. From now on this mail says it like this."))
        return redirect("organise:mail-texts")
    # What does not fit is not shown as if it would be sent.
    shown = form.words if fits else written
    context = {"form": form, "kind": found, "own": written != Words(), "is_draft": fits, **_preview(found, shown)}
    path = [sessions_crumb(), (_("Words of the mails"), reverse("organise:mail-texts"))]
    return screen(request, "mail_text.html", str(found.label), context, path=path, icon="mail")


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _preview(kind: Kind, words: Words) -> dict:
    subject, text = example(kind, words)
    meanings = [(f"{{{name}}}", PLACEHOLDERS[name]) for name in kind.placeholders]
    return {"subject": subject, "text": text, "html": as_html(subject, text), "meanings": meanings}
