"""What is to be arranged for a session, ticked off one by one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainings import planning
from trainings.access import organisers_only
from trainings.models import Session

from .forms import ArrangeForm
from .planning import to_session


@organisers_only
@require_POST
def arrange(request, pk, item_pk):
    """Done or not, what was agreed, and what it costs."""
    session = get_object_or_404(Session, pk=pk)
    item = get_object_or_404(session.checklist, pk=item_pk)
    form = ArrangeForm(request.POST, instance=item)
    if form.is_valid():
        planning.arrange(item, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Not saved: %(errors)s") % {"errors": " ".join(sum(form.errors.values(), []))})
    return to_session(session, f"#regel-{item.pk}")
