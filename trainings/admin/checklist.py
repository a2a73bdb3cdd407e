"""What is to be arranged for a session, ticked off one by one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainings import planning
from trainings.access import organisers_only
from trainings.models import Session

from .forms.people import ArrangeForm
from .planning import to_session
from .session import show


@organisers_only
@require_POST
def arrange(request, pk, item_pk):
    """Done or not, what was agreed, and what it costs."""
    session = get_object_or_404(Session, pk=pk)
    item = get_object_or_404(session.checklist.select_related("done_by"), pk=item_pk)
    form = ArrangeForm(request.POST, instance=item)
    if not form.is_valid():
        return show(request, pk, typed=form)
    planning.arrange(item, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return to_session(session, "#regelen")
