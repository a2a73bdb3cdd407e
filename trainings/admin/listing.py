"""The list of sessions: what is still to come first, with search, filters and a download."""

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from shared.team_lists import Cell, TeamIndexView, write_cells
from trainings import second_look
from trainings.dates import clashes
from trainings.models import DayPart, Session

from . import saved_filters
from .filters import SessionFilterSet
from .forms.bulk import ActionForm

SEARCHED = ["code", "training__title", "training__code", "trainers__name", "day_parts__venue__name", "day_parts__room", "team_note"]


class DateColumn(TitleColumn):
    """When the first day-part begins, as the link to the session."""

    cell_template_name = "trainings/admin/cells/date.html"


class OwnColumn(Column):
    """A column with a template of ours: `trainings/admin/cells/<name>.html`."""

    def __init__(self, name, **kwargs):
        super().__init__(name, **kwargs)
        self.cell_template_name = f"trainings/admin/cells/{name}.html"


def session_url(session) -> str:
    return reverse("organise:session", args=[session.pk])


COLUMNS = [
    OwnColumn("tick", label=_("Select")),
    DateColumn("starts_at", label=_("Date"), get_url=session_url, sort_key="starts_at"),
    OwnColumn("training", label=_("Training"), sort_key="training__title"),
    OwnColumn("place", label=_("Place"), classname="expor-wide"),
    OwnColumn("seats", label=_("Seats"), sort_key="taken"),
    OwnColumn("waiting", label=_("Waiting"), sort_key="waiting"),
    OwnColumn("state", label=_("State"), sort_key="state"),
    OwnColumn("to_do", label=_("To do"), sort_key="to_do"),
]


def local(value):
    return value and timezone.localtime(value)


def names(rows) -> str:
    return ", ".join(str(row) for row in rows)


DOWNLOAD = [
    Cell(_("Code"), lambda session: session.code, 14),
    Cell(_("Training"), lambda session: session.training.title, 40),
    Cell(_("Start"), lambda session: local(session.starts_at), 18, "datetime"),
    Cell(_("End"), lambda session: local(session.ends_at), 18, "datetime"),
    Cell(_("Day-parts"), lambda session: len(session.day_parts.all()), 10, "number"),
    Cell(_("Place"), lambda session: names(dict.fromkeys(part.place for part in session.day_parts.all())), 34),
    Cell(_("Trainers"), lambda session: names(session.trainers.all()), 30),
    Cell(_("Seats"), lambda session: session.capacity, 8, "number"),
    Cell(_("Taken"), lambda session: session.taken, 8, "number"),
    Cell(_("Waiting"), lambda session: session.waiting, 8, "number"),
    Cell(_("State"), lambda session: session.get_state_display(), 16),
    Cell(_("Visibility"), lambda session: session.get_visibility_display(), 18),
    Cell(_("To do"), lambda session: session.to_do, 8, "number"),
    Cell(_("Note for the team"), lambda session: session.team_note, 40),
]


class SessionList(TeamIndexView):
    """Everything that is planned; who may not organise is kept out by the address (`trainings.admin.urls`)."""

    model = Session
    columns = COLUMNS
    download = DOWNLOAD
    filterset_class = SessionFilterSet
    search_fields = SEARCHED
    table_classname = "listing expor-sessions"
    index_url_name = "organise:sessions"
    index_results_url_name = "organise:sessions-results"
    header_icon = "calendar-alt"
    page_title = _("Sessions")
    paginate_by = 30
    export_filename = "sessies"
    any_permission_required = None
    results_template_name = "trainings/admin/sessions_results.html"
    default_ordering = (F("to_come").asc(nulls_last=True), F("starts_at").desc(nulls_first=True), "pk")

    def get_base_queryset(self):
        return everything()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = clashes.in_the_list(context["object_list"])
        for session in context["object_list"]:
            session.clashes = second_look.in_words(found.get(session.pk, []))
        now = self.request.GET
        own = {"saved_filters": saved_filters.links(self.request.user, now), "filters_now": saved_filters.known(now)}
        return context | own | {"action_form": ActionForm()}

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        found = Q()
        for word in self.search_query.split():
            found &= Q(pk__in=_holding(word))
        return queryset.filter(found)

    def get_header_more_buttons(self):
        sheets = Button(_("Attendance lists of a period"), url=reverse("trainings_sheets:choose"), icon_name="list-ul", priority=50)
        return [sheets, *super().get_header_more_buttons()]

    def get_header_buttons(self):
        plan = HeaderButton(_("Plan a session"), url=reverse("organise:choose-training"), icon_name="plus")
        return [plan, *super().get_header_buttons()]


def everything():
    """All sessions with what the list and its download show of them."""
    places = Prefetch("day_parts", DayPart.objects.select_related("venue"))
    now = timezone.now()
    still = Exists(DayPart.objects.filter(session=OuterRef("pk"), ends_at__gt=now))
    # Subqueries instead of joins, so that neither search nor filters change what is counted.
    sessions = Session.objects.with_waiting().with_to_do(now).annotate(starts_at=_edge("starts_at"), ends_at=_edge("-ends_at"))
    sessions = sessions.annotate(to_come=Case(When(still, then=F("starts_at"))))
    return sessions.select_related("training").prefetch_related(places, "trainers")


def write_workbook(sessions, file) -> None:
    """The download of some of them."""
    write_cells(str(_("Sessions")), DOWNLOAD, sessions.order_by("starts_at", "pk"), file)


def _edge(order: str) -> Subquery:
    parts = DayPart.objects.filter(session=OuterRef("pk")).order_by(order)
    return Subquery(parts.values(order.removeprefix("-"))[:1])


def _holding(word: str):
    wanted = Q()
    for field in SEARCHED:
        wanted |= Q(**{f"{field}__icontains": word})
    return Session.objects.filter(wanted).values("pk")
