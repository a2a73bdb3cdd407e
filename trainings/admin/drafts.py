"""Deleting a draft that came to nothing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainings.access import organisers_only
from trainings.planning import drafts
from trainings.refusals import PlanningRefused

from .frame import screen, session_path
from .planning import to_session


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Asks once more, then deletes; what was ever published or booked is not there to delete."""
    session = get_object_or_404(drafts.deletable().select_related("training"), pk=pk)
    if request.method == "POST":
        try:
            drafts.delete_draft(session, by=request.user)
        except PlanningRefused as refusal:
            messages.error(request, refusal.sentence)
            return to_session(session)
        messages.success(request, _("The draft %(code)s is deleted.") % {"code": session.code})
        return redirect("organise:sessions")
    title = _("Delete the draft")
    return screen(request, "delete_draft.html", title, {"session": session}, path=session_path(session), icon="bin")
