"""What was mailed about a session, and what did not leave."""

import re
import uuid

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.utils import get_valid_next_url_from_request

from shared import outbox
from shared.models import EXPIRED, OutboxMessage
from trainings.access import organisers_only
from trainings.models import Session

from .frame import screen, session_path, sessions_crumb

MANY = 500
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def about(session: Session):
    """The outbox rows about a session, the newest first."""
    return OutboxMessage.objects.about(f"session:{session.pk}")


def bounced(session: Session) -> set[str]:
    """The addresses whose newest message about this session was given up, and not since its time was over."""
    newest: dict[str, str] = {}
    for address, state in about(session).exclude(error=EXPIRED).values_list("to", "state"):
        newest.setdefault(address, state)
    return {address for address, state in newest.items() if state == OutboxMessage.State.FAILED}


def unsent_for_the_team():
    """What did not leave: given up, or stuck for more than an hour. Codes to sign in are never among it."""
    return OutboxMessage.objects.unsent().for_the_team().order_by("-created_at")


@organisers_only
@require_safe
def of_session(request, pk):
    """All messages about a session."""
    session = get_object_or_404(Session, pk=pk)
    return screen(request, "messages.html", _("Messages"), {"rows": about(session)[:MANY]}, path=session_path(session), icon="mail")


@organisers_only
@require_safe
def unsent(request):
    """All messages that did not leave, whatever they are about."""
    title = _("Messages that did not leave")
    context = {"rows": unsent_for_the_team()[:MANY], "many": True}
    return screen(request, "messages.html", title, context, path=[sessions_crumb()], icon="mail")


@organisers_only
@require_POST
def resend(request, pk):
    """A message is tried once more; one that left goes a second time."""
    outbox.resend(get_object_or_404(OutboxMessage.objects.to_send_again(), pk=pk))
    messages.success(request, _("The message is on its way again."))
    return _onward(request)


@organisers_only
@require_POST
def resend_many(request):
    """All that did not leave, or the ticked ones of them, are tried once more."""
    chosen = unsent_for_the_team() & OutboxMessage.objects.to_send_again()
    if "all" not in request.POST:
        chosen = chosen.filter(pk__in=_keys(request.POST.getlist("bericht")))
    found = list(chosen)
    for message in found:
        outbox.resend(message)
    if found:
        text = ngettext("%(n)d message is on its way again.", "%(n)d messages are on their way again.", len(found))
        messages.success(request, text % {"n": len(found)})
    else:
        messages.warning(request, _("Tick the messages that you want to send again."))
    return _onward(request)


def _onward(request):
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("organise:unsent"))


def _keys(ticked: list[str]) -> list[uuid.UUID]:
    return [uuid.UUID(key) for key in ticked if KEY.fullmatch(key)]
