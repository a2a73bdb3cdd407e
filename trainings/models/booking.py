"""Who takes part: bookings and their participants."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from knowledge.network.access import coordinated_by
from knowledge.network.models import Membership, Organisation

from .session import DayPart, Session


def new_reference() -> str:
    """A booking's number that can be read aloud: no letters that look or sound alike."""
    return get_random_string(8, "ABCDEFGHJKMNPQRSTUVWXYZ23456789")


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bookings that this person made, or of an organisation whose training coordinator this person is."""
        return self.filter(Q(booked_by=user) | Q(organisation__in=coordinated_by(user)))

    def coordinated_by(self, user):
        """Bookings of an organisation whose training coordinator this person is."""
        return self.filter(organisation__in=coordinated_by(user))

    def handed_over_by(self, user):
        """Bookings that this person may hand over to a colleague: one's own as a confirmed member, or as training coordinator.

        Who is not confirmed yet does not see who works there.
        """
        member = Membership.objects.active().filter(user=user, organisation=OuterRef("organisation"))
        return self.filter(Q(Exists(member), booked_by=user) | Q(organisation__in=coordinated_by(user)))

    def to_approve(self):
        """Bookings that await a yes or a no, and ask for a seat now: who only waits for one is decided on when it comes."""
        return self.exclude(stage=Booking.Stage.NONE).filter(participants__state=Participant.State.PENDING)

    def to_come(self, now=None):
        """Bookings of somebody who has, asks or waits for a seat in a session that is not over, nor cancelled."""
        somebody = Participant.objects.active().filter(booking=OuterRef("pk"))
        day_parts = DayPart.objects.filter(session=OuterRef("session"), ends_at__gt=now or timezone.now())
        return self.exclude(session__state=Session.State.CANCELLED).filter(Exists(somebody), Exists(day_parts))

    def with_seats(self):
        """Adds `seated`, `asked` and `waiting`: how many have a seat, ask for one, wait for one; `nameless`: whose names follow."""
        active = Q(participants__state__in=[*Participant.SEATED, *Participant.ASKING])
        # Once the time for names is over none follows: who has no name then has lost it, long after the session.
        awaited = Q(head_count=False, session__names_close_at__gt=timezone.now())
        nameless = active & awaited & Q(participants__first_name="", participants__family_name="")
        return self.annotate(
            seated=Count("participants", Q(participants__state__in=Participant.SEATED), distinct=True),
            nameless=Count("participants", nameless, distinct=True),
            asked=Count("participants", Q(participants__state=Participant.State.PENDING), distinct=True),
            waiting=Count("participants", Q(participants__state=Participant.State.WAITING), distinct=True),
        )

    def with_offer(self):
        """Adds `offered`: whether seats that came free are kept for this booking now."""
        from .waiting import Offer

        return self.annotate(offered=Exists(Offer.objects.open().filter(entry__booking=OuterRef("pk"))))

    def with_start(self):
        """Adds `starts_at` and `ends_at` of the session."""
        parts = DayPart.objects.filter(session=OuterRef("session")).order_by()
        return self.annotate(
            starts_at=Subquery(parts.order_by("starts_at").values("starts_at")[:1]),
            ends_at=Subquery(parts.order_by("-ends_at").values("ends_at")[:1]),
        )


class Booking(models.Model):
    """Made by one person for one or more participants of one organisation (inschrijving)."""

    class Stage(models.TextChoices):
        NONE = "", _("nothing")
        COORDINATOR = "coordinator", _("approval by the training coordinator")
        TEAM = "team", _("approval by the team")

    reference = models.CharField(_("number"), max_length=12, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("session"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("organisation")
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("booked by")
    )
    message = models.TextField(_("message to the team"), blank=True)
    head_count = models.BooleanField(_("a number of people without names"), default=False)
    stage = models.CharField(_("awaits"), max_length=12, choices=Stage, blank=True, default=Stage.NONE)
    moved_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_to", editable=False
    )
    names_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
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
        active = self.seated or self.asked or self.waiting
        return bool(active and self.session.state != Session.State.CANCELLED and self.ends_at and self.ends_at > timezone.now())


class ParticipantQuerySet(models.QuerySet):
    def seated(self):
        """Those who have a seat, with a name or without one."""
        return self.filter(state__in=Participant.SEATED)

    def holding(self):
        """Those for whom a seat is kept: who has one, and who asks for one where that keeps it."""
        asking = Q(state=Participant.State.PENDING, session__pending_holds_seat=True)
        return self.filter(Q(state__in=Participant.SEATED) | asking)

    def waiting(self):
        """Those who wait for a seat."""
        return self.filter(state=Participant.State.WAITING)

    def nameless(self):
        """Those whose name is still to come, also while they wait or ask for a seat."""
        return self.active().filter(first_name="", family_name="", booking__head_count=False)

    def active(self):
        """Those who have a seat, ask for one or wait for one."""
        return self.exclude(state__in=Participant.ENDED)

    def overlapping(self, session, addresses):
        """Seats of these addresses in other sessions at the time of this one."""
        known = {address.strip().lower() for address in addresses} - {""}
        if not known:
            return self.none()
        parts = DayPart.objects.filter(session=session)
        same_time = DayPart.objects.filter(
            Exists(parts.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")))
        ).exclude(session=session)
        return self.active().filter(
            email__in=known, session__in=same_time.values("session"), session__state=Session.State.PUBLISHED
        )

    def with_start(self):
        """Adds `starts_at` of the session."""
        parts = DayPart.objects.filter(session=OuterRef("session")).order_by("starts_at")
        return self.annotate(starts_at=Subquery(parts.values("starts_at")[:1]))

    def in_order(self):
        """As on the attendance sheet: by family name, as Belgium sorts it (with the particle); who has no name yet comes last."""
        nameless = ExpressionWrapper(Q(first_name="", family_name=""), output_field=models.BooleanField())
        return self.order_by(nameless, Lower("family_name"), Lower("first_name"), "pk")


class Participant(models.Model):
    """A seat of a booking with the name of who takes it (deelnemer); carries session and state for the constraints.

    Steps: pending → confirmed | refused; reserved (name still to come) → confirmed; waiting → confirmed, reserved or pending;
    each but refused → cancelled.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("awaiting approval")
        RESERVED = "reserved", _("name still to come")
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")
        REFUSED = "refused", _("not approved")

    class Reply(models.TextChoices):
        NONE = "", _("no reply")
        ACCEPTED = "accepted", _("accepted in the calendar")
        TENTATIVE = "tentative", _("perhaps, says the calendar")
        DECLINED = "declined", _("declined in the calendar")

    SEATED = (State.RESERVED, State.CONFIRMED)
    ASKING = (State.PENDING, State.WAITING)
    ENDED = (State.CANCELLED, State.REFUSED)

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="participants", verbose_name=_("booking"))
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="participants", verbose_name=_("session"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    walk_in = models.BooleanField(_("came without a booking"), default=False)
    invitation_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # What the link in the mail opens: another one once the mail goes to another mailbox, while the appointment stays the same.
    link_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invitation_sequence = models.PositiveIntegerField(default=0, editable=False)
    reply = models.CharField(_("reply of the calendar"), max_length=10, choices=Reply, blank=True, default=Reply.NONE)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
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
                condition=~Q(email="") & ~Q(state__in=["cancelled", "refused"]),
                name="trainings_one_active_seat_per_address",
                violation_error_message=_("There is a seat for this e-mail address in this session already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "refused"]) | Q(cancelled_at__isnull=False),
                name="trainings_cancelled_participant_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(first_name="", family_name="", email=""),
                name="trainings_reserved_seat_has_no_name",
                violation_error_message=_("A seat whose name is still to come has no name."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name, then family name."""
        return f"{self.first_name} {self.family_name}".strip() or self._without_name

    @property
    def _without_name(self) -> str:
        # Of a group counted by heads no name is awaited.
        known = {self.State.RESERVED: _("name still to come"), self.State.CONFIRMED: _("one of a group, without a name")}
        return str(known.get(self.State(self.state), _("no name yet")))

    @property
    def is_named(self) -> bool:
        """Whether it is known who comes."""
        return bool(self.first_name or self.family_name)

    @property
    def owes_name(self) -> bool:
        """Whether the name of who comes is still to be given."""
        return not self.is_named and not self.booking.head_count and self.state not in self.ENDED

    def sorting_key(self) -> tuple[bool, str, str, int]:
        """The order of `in_order`, for rows that are in memory."""
        return not self.is_named, self.family_name.lower(), self.first_name.lower(), self.pk

    @property
    def holds_seat(self) -> bool:
        """Whether a seat is kept for this person."""
        return self.state in self.SEATED

    @property
    def asks(self) -> bool:
        """Whether this person waits for a seat, or for approval."""
        return self.state in self.ASKING
