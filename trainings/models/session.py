"""A planned delivery of a training: when, where, by whom, for how many."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.network.models import Organisation

from .catalogue import TrainingPage
from .seats import FEWEST, number_of, seats_in_use
from .to_do import to_do
from .trainer import Trainer
from .venue import Venue


class SessionQuerySet(QuerySet):
    def published(self):
        """What may be seen by somebody who has the address."""
        return self.exclude(state=Session.State.DRAFT)

    def listed(self):
        """What stands in the catalogue and the calendar; cancelled sessions stay, and say so."""
        return self.published().filter(visibility=Session.Visibility.PUBLIC)

    def with_times(self):
        """Adds `starts_at` and `ends_at`, in one query."""
        return self.annotate(starts_at=Min("day_parts__starts_at"), ends_at=models.Max("day_parts__ends_at"))

    def upcoming(self, now: datetime | None = None):
        """Sessions whose first day-part has still to begin."""
        begun = DayPart.objects.filter(session=OuterRef("pk"), starts_at__lte=now or timezone.now())
        return self.filter(~Exists(begun), day_parts__isnull=False).distinct()

    def with_seats_taken(self):
        """Adds `taken`, the seats in use, in one query; the count that the allocator makes, without its lock."""
        return self.annotate(taken=seats_in_use())

    def with_seats_left(self):
        """Sessions with a seat to give; `seats_left` on each."""
        return self.with_seats_taken().annotate(seats_left=F("capacity") - F("taken")).filter(seats_left__gt=0)

    def with_wanted(self):
        """Adds `wanted`, which `free_seats` asks for, in one query; nobody counts any more where no offer is made any more."""
        from .waiting import TOO_SHORT, WaitingEntry

        entries = WaitingEntry.objects.waiting().without_offer().filter(session=OuterRef("pk")).order_by()
        entries = entries.filter(session__booking_closes_at__gte=Now() + TOO_SHORT)
        return self.annotate(wanted=models.Subquery(entries.values("session").annotate(fewest=FEWEST).values("fewest")))

    def with_waiting(self):
        """Adds `waiting`, the participants on the waiting list, in one query."""
        from .booking import Participant

        return self.annotate(waiting=number_of(Participant.objects.filter(state=Participant.State.WAITING)))

    def with_to_do(self, now: datetime | None = None):
        """Adds `to_do`, how much is left to do, and `to_do_<thing>` for each thing of `models.to_do`, in one query."""
        things = {f"to_do_{name}": number for name, number in to_do(now or timezone.now()).items()}
        total = sum((F(name) for name in things), start=models.Value(0))
        return self.with_seats_taken().annotate(**things).annotate(to_do=total)

    def without_trainer(self):
        """Sessions for which nobody is found yet."""
        return self.filter(trainers=None)


class Session(models.Model):
    """One planned delivery of a training, with one or more day-parts (sessie).

    Steps: draft → published → done; draft or published → cancelled.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")
        DONE = "done", _("done")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("everybody whom the training is for")
        ORGANISATIONS = "organisations", _("people of the organisations below")
        INVITED = "invited", _("only who is invited by e-mail address")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("in the calendar")
        LINK = "link", _("only with the link")

    STEPS = {
        State.DRAFT: {State.PUBLISHED, State.CANCELLED},
        State.PUBLISHED: {State.CANCELLED, State.DONE},
        State.CANCELLED: set(),
        State.DONE: set(),
    }

    training = models.ForeignKey(TrainingPage, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("training"))
    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("Stands on the attendance sheet and in addresses."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(_("language"), max_length=2, choices=TrainingPage.Language, default=TrainingPage.Language.DUTCH)
    capacity = models.PositiveSmallIntegerField(_("number of seats"), validators=[MinValueValidator(1)])
    booking_closes_at = models.DateTimeField(_("booking closes"))
    cancelling_closes_at = models.DateTimeField(_("cancelling closes"))
    changing_closes_at = models.DateTimeField(
        _("changing closes"), help_text=_("Until then a booker can send somebody else, or correct a name.")
    )
    names_close_at = models.DateTimeField(
        _("names known by"), help_text=_("Seats that have no name by then are given back, and offered to who waits.")
    )
    audience = models.CharField(_("who may book"), max_length=14, choices=Audience, default=Audience.EVERYBODY)
    organisations = models.ManyToManyField(
        Organisation, verbose_name=_("organisations"), related_name="sessions_for_them", blank=True
    )
    invited = models.TextField(_("invited e-mail addresses"), blank=True, help_text=_("One on each line."))
    approval = models.CharField(
        _("approval of bookings"),
        max_length=12,
        choices=TrainingPage.Approval,
        default=TrainingPage.Approval.NONE,
        blank=True,
    )
    pending_holds_seat = models.BooleanField(
        _("a booking that awaits approval keeps its seats"), default=True, help_text=_("If not, who is approved first sits first.")
    )
    seats_per_organisation = models.PositiveSmallIntegerField(
        _("seats per organisation"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    head_count = models.BooleanField(
        _("a whole staff may be booked as a number"),
        default=False,
        help_text=_("Without names; the sheet has blank lines for them."),
    )
    offer_days = models.PositiveSmallIntegerField(
        _("working days that an offered seat is kept"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("For who is next on the waiting list; weekends, public holidays and school holidays do not count."),
    )
    first_timers_first = models.BooleanField(
        _("first-timers go first on the waiting list"),
        default=False,
        help_text=_("Who never had a seat with the team is offered one before who had."),
    )
    personal_data_until = models.DateField(
        _("personal data kept until"), null=True, blank=True, help_text=_("Empty: as long as the site keeps it for all sessions.")
    )
    reminded_at = models.DateTimeField(_("reminder sent"), null=True, blank=True, editable=False)
    emptied_at = models.DateTimeField(_("personal data removed"), null=True, blank=True, editable=False)
    waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("Who finds the session full may wait for a seat.")
    )
    trainers = models.ManyToManyField(Trainer, verbose_name=_("trainers"), related_name="sessions", blank=True)
    public_note = models.TextField(_("note for participants"), blank=True)
    team_note = models.TextField(_("note for the team"), blank=True)
    cancel_reason = models.TextField(_("reason of the cancellation"), blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    form_key = models.UUIDField(null=True, blank=True, editable=False)  # a form sent twice plans once

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["training", "form_key"], name="trainings_one_session_per_form"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="trainings_session_has_a_seat",
                violation_error_message=_("A session has one seat at least."),
            ),
            models.CheckConstraint(
                condition=Q(seats_per_organisation__isnull=True) | Q(seats_per_organisation__gte=1),
                name="trainings_an_organisation_has_a_seat",
                violation_error_message=_("Give an organisation one seat at least, or leave it empty."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="trainings_cancelled_session_has_a_reason",
                violation_error_message=_("Say why the session is cancelled."),
            ),
        ]
        permissions = [("organise", _("Can plan sessions and manage bookings"))]

    def __str__(self):
        return self.code

    def get_absolute_url(self) -> str:
        return f"{reverse('trainings:training', args=[self.training.slug])}#sessie-{self.code.lower()}"

    @property
    def is_open(self) -> bool:
        """Whether one may book now, if there is a seat."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.booking_closes_at

    @property
    def can_be_changed_by_booker(self) -> bool:
        """Whether a booker may still send somebody else, or correct a name."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.changing_closes_at

    @property
    def takes_names(self) -> bool:
        """Whether seats without a name can still get one."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.names_close_at

    @property
    def can_be_cancelled_by_booker(self) -> bool:
        """Whether a booker may still give seats back."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.cancelling_closes_at


class DayPart(models.Model):
    """Start, end and place of one part of a session (dagdeel)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="day_parts")
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("venue"), related_name="day_parts"
    )
    room = models.CharField(_("room"), max_length=80, blank=True)
    online_link = models.URLField(_("online link"), blank=True, help_text=_("Only participants see this."))

    class Meta:
        verbose_name = _("day-part")
        verbose_name_plural = _("day-parts")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="trainings_day_part_ends_after_it_starts",
                violation_error_message=_("The end must be later than the start."),
            ),
            models.UniqueConstraint(
                fields=["session", "starts_at"],
                name="trainings_one_day_part_at_a_time",
                violation_error_message=_("There is a day-part with this start already."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        """Where it is, on one line; online parts say so and keep their link to themselves."""
        if self.venue:
            return ", ".join(part for part in (self.venue.name, self.room) if part)
        return str(_("online")) if self.online_link else str(_("place to be announced"))


class ChecklistItem(models.Model):
    """One thing to arrange for a session: room, trainer, material, cost, order form."""

    class Kind(models.TextChoices):
        ROOM = "room", _("room")
        TRAINER = "trainer", _("confirmation by the trainer")
        MATERIAL = "material", _("material")
        COST = "cost", _("cost")
        ORDER_FORM = "order_form", _("order form")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="checklist")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    note = models.CharField(_("note"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount in euro"), max_digits=8, decimal_places=2, null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("thing to arrange")
        verbose_name_plural = _("checklist")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "kind"], name="trainings_one_checklist_item_per_kind")]

    def __str__(self):
        return self.get_kind_display()
