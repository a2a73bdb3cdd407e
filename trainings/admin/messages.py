"""What was mailed about a session, and what did not leave."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.utils import get_valid_next_url_from_request

from shared import outbox
from shared.models import OutboxMessage
from trainings.access import organisers_only
from trainings.models import Session

from .frame import screen, session_path, sessions_crumb

MANY = 500


def about(session: Session):
    """The outbox rows about a session, the newest first."""
    return OutboxMessage.objects.about(f"session:{session.pk}")


def failed():
    """What the worker gave up on; secrets are left out, since they are never sent twice."""
    return OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED, secret=False).order_by("-created_at")


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
    return screen(request, "messages.html", title, {"rows": failed()[:MANY]}, path=[sessions_crumb()], icon="mail")


@organisers_only
@require_POST
def resend(request, pk):
    """A message that did not leave is tried once more."""
    outbox.resend(get_object_or_404(failed(), pk=pk))
    messages.success(request, _("The message is on its way again."))
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("organise:unsent"))
