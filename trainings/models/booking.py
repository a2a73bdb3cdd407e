"""Who takes part: bookings, their participants, the waiting list, and what happened to them."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Organisation

from .session import FEWEST, DayPart, Session


def new_reference() -> str:
    """A booking's number that can be read aloud: no letters that look or sound alike."""
    return get_random_string(8, "ABCDEFGHJKMNPQRSTUVWXYZ23456789")


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bookings that this person made, or of an organisation whose training coordinator this person is."""
        coordinated = Q(
            organisation__memberships__user=user,
            organisation__memberships__role="coordinator",
            organisation__memberships__state="active",
        )
        return self.filter(Q(booked_by=user) | coordinated).distinct()

    def with_seats(self):
        """Adds `seated` and `waiting`: how many participants hold a seat, and how many wait for one."""
        return self.annotate(
            seated=Count("participants", Q(participants__state__in=Participant.SEATED), distinct=True),
            waiting=Count("participants", Q(participants__state=Participant.State.WAITING), distinct=True),
        )

    def with_start(self):
        """Adds `starts_at` and `ends_at` of the session."""
        parts = DayPart.objects.filter(session=OuterRef("session")).order_by()
        return self.annotate(
            starts_at=Subquery(parts.order_by("starts_at").values("starts_at")[:1]),
            ends_at=Subquery(parts.order_by("-ends_at").values("ends_at")[:1]),
        )


class Booking(models.Model):
    """Made by one person for one or more participants of one organisation (inschrijving)."""

    reference = models.CharField(_("number"), max_length=12, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("session"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("organisation")
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("booked by")
    )
    message = models.TextField(_("message to the team"), blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, editable=False, help_text=_("A form sent twice books once."))
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["session", "form_key"], name="trainings_one_booking_per_form")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("trainings:booking-detail", args=[self.reference])

    @property
    def is_upcoming(self) -> bool:
        """Whether there is still something to come for somebody; needs `with_seats` and `with_start`."""
        active = self.seated or self.waiting
        return bool(active and self.session.state != Session.State.CANCELLED and self.ends_at and self.ends_at > timezone.now())


class ParticipantQuerySet(models.QuerySet):
    def seated(self):
        """Those who hold a seat."""
        return self.filter(state__in=Participant.SEATED)

    def active(self):
        """Those who hold a seat or wait for one."""
        return self.exclude(state=Participant.State.CANCELLED)

    def overlapping(self, people):
        """Seats of the same addresses in other sessions at the same time."""
        people = [person for person in people if person.email]
        if not people:
            return self.none()
        parts = DayPart.objects.filter(session=people[0].session_id)
        same_time = DayPart.objects.filter(
            Exists(parts.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")))
        ).exclude(session=people[0].session_id)
        return self.active().filter(
            email__in=[person.email for person in people],
            session__in=same_time.values("session"),
            session__state=Session.State.PUBLISHED,
        )

    def in_order(self):
        """As on the attendance sheet: by family name, as Belgium sorts it (with the particle)."""
        return self.order_by(Lower("family_name"), Lower("first_name"), "pk")


class Participant(models.Model):
    """A seat of a booking with the name of who takes it (deelnemer); carries session and state for the constraints.

    Steps: pending → confirmed; pending, confirmed or waiting → cancelled; waiting → confirmed.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("awaiting approval")
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    SEATED = (State.PENDING, State.CONFIRMED)

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="participants", verbose_name=_("booking"))
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="participants", verbose_name=_("session"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    first_name = models.CharField(_("first name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    walk_in = models.BooleanField(_("came without a booking"), default=False)
    invitation_key = models.UUIDField(default=uuid.uuid4, editable=False)
    invitation_sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        indexes = [models.Index(fields=["session", "state"], name="trainings_seats_of_a_session")]
        constraints = [
            models.UniqueConstraint(
                "session",
                Lower("email"),
                condition=~Q(email="") & ~Q(state="cancelled"),
                name="trainings_one_active_seat_per_address",
                violation_error_message=_("There is a seat for this e-mail address in this session already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="trainings_cancelled_participant_has_a_time",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name, then family name."""
        return f"{self.first_name} {self.family_name}".strip()

    def sorting_key(self) -> tuple[str, str, int]:
        """The order of `in_order`, for rows that are in memory."""
        return self.family_name.lower(), self.first_name.lower(), self.pk

    @property
    def holds_seat(self) -> bool:
        """Whether a seat is kept for this person."""
        return self.state in self.SEATED


class WaitingEntryQuerySet(models.QuerySet):
    def waiting(self):
        """Those that still wait."""
        return self.filter(left_at=None)

    def fewest(self) -> int | None:
        """The fewest seats that would do for one of them; None when there are none."""
        return self.aggregate(fewest=FEWEST)["fewest"]


class WaitingEntry(models.Model):
    """A place in the queue of a full session (wachtlijst): the waiting participants of one booking."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="waiting_entry")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="waiting_entries")
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    fewer_is_fine = models.BooleanField(_("fewer seats will do"), default=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("left the list"), null=True, blank=True)

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1), name="trainings_waiting_for_a_seat_at_least")]

    def __str__(self):
        return f"{self.booking} · {self.seats}"


class HistoryEntry(models.Model):
    """One thing that happened to a session or a booking, and who did it; readable by team and booker."""

    class Verb(models.TextChoices):
        PLANNED = "planned", _("planned")
        PUBLISHED = "published", _("published")
        CHANGED = "changed", _("changed")
        SESSION_CANCELLED = "session_cancelled", _("session cancelled")
        DONE = "done", _("closed as done")
        BOOKED = "booked", _("booked")
        WAITING = "waiting", _("on the waiting list")
        SEAT_GIVEN = "seat_given", _("seat given from the waiting list")
        PARTICIPANT_CANCELLED = "participant_cancelled", _("participant cancelled")
        ADDED = "added", _("added by the team")
        WALK_IN = "walk_in", _("came without a booking")
        MAILED = "mailed", _("message sent")
        ATTENDANCE = "attendance", _("attendance noted")
        ARRANGED = "arranged", _("arranged")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="history")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, blank=True, related_name="history")
    verb = models.CharField(max_length=24, choices=Verb)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.verb} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
