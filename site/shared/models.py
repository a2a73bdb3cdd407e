"""Rows that both zones keep: messages on their way out, and version counters."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    """How often a public thing changed; see `shared.versions`."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} {self.number}"


class OutboxQuerySet(models.QuerySet):
    def due(self, now=None):
        """Messages that wait and whose time has come, the oldest first."""
        return self.filter(state=OutboxMessage.State.WAITING, next_attempt_at__lte=now or timezone.now()).order_by(
            "next_attempt_at", "created_at"
        )

    def about(self, subject: str):
        """Messages about one thing, such as `session:12`, the newest first."""
        return self.filter(about=subject).order_by("-created_at")


class OutboxMessage(models.Model):
    """One e-mail, written in the transaction that causes it and sent by the worker.

    Steps: waiting → sent; waiting → failed (refused for good, tried often, or no longer of use) → waiting, when the team
    sends it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    about = models.CharField(max_length=60, blank=True, db_index=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    calendar = models.TextField(_("calendar file"), blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    secret = models.BooleanField(default=False, help_text=_("The body is never shown to staff, and erased once sent or failed."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["next_attempt_at"], name="outbox_due", condition=Q(state="waiting"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="outbox_sent_has_a_time",
                violation_error_message=_("A message that was sent has the time of sending."),
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(state="waiting") | Q(text=""),
                name="outbox_keeps_no_secret_longer_than_needed",
                violation_error_message=_("The text of a secret message is erased once it was sent or failed."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"

    @property
    def is_expired(self) -> bool:
        """Whether it is of no use any more, such as a code that has run out."""
        return self.expires_at is not None and self.expires_at <= timezone.now()
