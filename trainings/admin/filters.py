"""What the list of sessions can be narrowed down by."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField, ModelMultipleChoiceField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from knowledge.library.models import Sector, Theme
from shared.forms import PossibleKeys, within_reach
from trainings.models import Booking, DayPart, Participant, Session, Trainer, TrainingPage, Venue

# How long before names are due the team begins to look after them.
NAMES_SOON = timedelta(days=7)
WHEN = [("komend", _("still to come")), ("week", _("this week")), ("voorbij", _("over"))]


class PeriodField(DateRangeField):
    """From a day to a day, both within reach."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields:
            field.validators.append(within_reach)


class PeriodFilter(django_filters.DateFromToRangeFilter):
    field_class = PeriodField


class SessionsField(PossibleKeys, ModelMultipleChoiceField):
    """Several sessions, by their keys."""


class SessionsFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = SessionsField


class SessionFilterSet(WagtailFilterSet):
    """All of them combine, and stand in the address in Dutch."""

    toestand = django_filters.MultipleChoiceFilter(
        field_name="state", label=_("State"), choices=Session.State.choices, widget=forms.CheckboxSelectMultiple
    )
    wanneer = django_filters.ChoiceFilter(
        method="filter_when", label=_("When"), choices=WHEN, empty_label=_("Always"), widget=forms.RadioSelect
    )
    periode = PeriodFilter(method="filter_period", label=_("Period"), widget=DateRangePickerWidget)
    zonder_lesgever = django_filters.BooleanFilter(
        method="filter_without_trainer", label=_("Without trainer"), widget=BooleanRadioSelect
    )
    wachtlijst = django_filters.BooleanFilter(method="filter_waiting", label=_("Waiting list"), widget=BooleanRadioSelect)
    goed_te_keuren = django_filters.BooleanFilter(
        method="filter_to_approve", label=_("Bookings to approve"), widget=BooleanRadioSelect
    )
    namen_ontbreken = django_filters.BooleanFilter(
        method="filter_names_missing", label=_("Names missing, due within a week"), widget=BooleanRadioSelect
    )
    te_doen = django_filters.BooleanFilter(method="filter_to_do", label=_("Something left to do"), widget=BooleanRadioSelect)
    vorming = django_filters.ModelChoiceFilter(
        field_name="training", label=_("Training"), queryset=TrainingPage.objects.order_by("code").only("title")
    )
    thema = django_filters.ModelChoiceFilter(field_name="training__themes", label=_("Theme"), queryset=Theme.objects.all())
    sector = django_filters.ModelChoiceFilter(field_name="training__sectors", label=_("Sector"), queryset=Sector.objects.all())
    lesgever = django_filters.ModelChoiceFilter(field_name="trainers", label=_("Trainer"), queryset=Trainer.objects.all())
    locatie = django_filters.ModelChoiceFilter(method="filter_venue", label=_("Venue"), queryset=Venue.objects.all())

    sessie = SessionsFilter(
        method="filter_sessions", label=_("Sessions"), queryset=Session.objects.all(), widget=forms.MultipleHiddenInput
    )

    class Meta:
        model = Session
        fields: list[str] = []

    def filter_when(self, sessions, name, value):
        today = timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        if value == "week":
            return sessions.filter(_has_part(starts_at__date__range=(monday, monday + timedelta(days=6))))
        to_come = _has_part(ends_at__gt=timezone.now())
        return sessions.filter(to_come if value == "komend" else ~to_come & _has_part())

    def filter_period(self, sessions, name, value):
        wanted = {}
        if value.start:
            wanted["ends_at__gte"] = value.start
        if value.stop:
            wanted["starts_at__lte"] = value.stop
        return sessions.filter(_has_part(**wanted))

    def filter_without_trainer(self, sessions, name, value):
        return sessions.without_trainer() if value else sessions.exclude(trainers=None)

    def filter_waiting(self, sessions, name, value):
        return sessions.with_waiting().filter(~Q(waiting=0) if value else Q(waiting=0))

    def filter_to_approve(self, sessions, name, value):
        asking = Exists(Booking.objects.filter(session=OuterRef("pk")).to_approve())
        return sessions.filter(asking if value else ~asking)

    def filter_names_missing(self, sessions, name, value):
        missing = Exists(Participant.objects.nameless().filter(session=OuterRef("pk")))
        # What is over misses no names: they may be gone because nobody keeps them any more.
        soon = missing & _has_part(ends_at__gt=timezone.now()) & Q(names_close_at__lte=timezone.now() + NAMES_SOON)
        return sessions.filter(soon if value else ~soon)

    def filter_sessions(self, sessions, name, value):
        return sessions.filter(pk__in=[session.pk for session in value]) if value else sessions

    def filter_to_do(self, sessions, name, value):
        sessions = sessions.with_to_do()
        return sessions.exclude(to_do=0) if value else sessions.filter(to_do=0)

    def filter_venue(self, sessions, name, value):
        return sessions.filter(_has_part(venue=value))


def _has_part(**wanted) -> Exists:
    # A join would show a session once for each of its day-parts.
    return Exists(DayPart.objects.filter(session=OuterRef("pk"), **wanted))
