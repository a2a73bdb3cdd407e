"""`/mijn/organisatie/…`: all bookings of an organisation for its training coordinator, and somebody who leaves."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.network.access import coordinated_by
from knowledge.network.models import Organisation
from shared.workbook import CONTENT_TYPE
from trainings.forms.leaving import LeaveForm
from trainings.organisations import overview as queries
from trainings.organisations.export import write_organisation
from trainings.organisations.handing_over import to_hand_over
from trainings.words.history import told_of_each

PAST_ON_A_PAGE, HISTORY_ON_A_PAGE = 20, 40
IN_MEMORY = 2 * 1024 * 1024


@never_cache
@login_required
@require_safe
def bookings(request, pk):
    """What awaits an approval, what is still to come, and what is over."""
    if moved := Organisation.objects.filter(pk=pk, merged_into__in=coordinated_by(request.user)).first():
        return redirect("trainings:organisation", moved.merged_into_id)
    organisation = get_object_or_404(coordinated_by(request.user), pk=pk)
    overview = queries.overview(organisation)
    past = Paginator(overview.past, PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    asking = organisation.memberships.to_confirm().count()
    context = {"organisation": organisation, "overview": overview, "past": past, "asking": asking, "crumbs": _crumbs()}
    return render(request, "trainings/organisation.html", context)


@never_cache
@login_required
@require_safe
def history(request, pk):
    """What happened to its bookings, and who did it."""
    organisation = get_object_or_404(coordinated_by(request.user), pk=pk)
    page = Paginator(queries.history_of(organisation), HISTORY_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = told_of_each(page.object_list, request.user)
    context = {"organisation": organisation, "page": page, "lines": lines, "crumbs": _crumbs()}
    return render(request, "trainings/organisation_history.html", context)


@never_cache
@login_required
@require_safe
def export(request, pk):
    """Bookings and participants as a workbook."""
    organisation = get_object_or_404(coordinated_by(request.user), pk=pk)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the answer closes it
    write_organisation(organisation, file)
    file.seek(0)
    name = _("bookings") + f"-{slugify(organisation.name)[:60] or organisation.pk}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, pk, person_pk):
    """Somebody works here no longer: who takes the bookings over? By oneself, or by the training coordinator."""
    organisation, person, membership = _leaver(request.user, pk, person_pk)
    found = to_hand_over(organisation, person)
    if not membership and not found:
        raise Http404
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        person=person,
        membership=membership,
        has_bookings=bool(found),
    )
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        return _left(request, organisation, person, membership)
    context = {"organisation": organisation, "person": person, "membership": membership, "bookings": found, "form": form}
    return render(request, "trainings/organisation_leave.html", context | {"crumbs": _crumbs()})


def _leaver(user, pk: int, person_pk: int):
    """The organisation, who leaves it, and the membership that ends; None where it ended before. Else there is nothing here."""
    coordinated = coordinated_by(user).filter(pk=pk).first()
    own = Organisation.objects.standing().filter(pk=pk) if user.pk == person_pk else Organisation.objects.none()
    organisation = coordinated or get_object_or_404(own)
    person = get_object_or_404(get_user_model(), pk=person_pk)
    membership = organisation.memberships.active().filter(user=person).select_related("user", "organisation").first()
    if not membership and not coordinated:
        raise Http404
    return organisation, person, membership


def _left(request, organisation: Organisation, person, membership):
    name = {"name": organisation if person == request.user else person}
    if not membership:
        messages.success(request, _("The bookings of %(name)s are handed over.") % name)
    elif person == request.user:
        messages.success(request, _("You no longer belong to %(name)s.") % name)
        return redirect("network:mine")
    else:
        messages.success(request, _("%(name)s no longer belongs to your organisation.") % name)
    return redirect("network:members", organisation.pk)


def _crumbs() -> list[dict]:
    return [{"url": reverse("network:mine"), "title": _("My organisation")}]
