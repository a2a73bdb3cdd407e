"""Rows that both zones keep: messages on their way out, the team's words in them, where a mailbox was read to, and versions."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    """How often a public thing changed; see `shared.versions`."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} {self.number}"


# A message that is due for so long without leaving is told to the team.
TOO_LONG = timedelta(hours=1)
EXPIRED = "expired"  # the `error` of a message that was given up since its time was over


class OutboxQuerySet(models.QuerySet):
    def due(self, now=None):
        """Messages that wait and whose time has come, the oldest first.

        Of the calendar files for one person about one thing the earlier one goes first: a calendar that gets the cancellation
        before the invitation keeps an appointment that is none.
        """
        waiting = self.filter(state=OutboxMessage.State.WAITING, next_attempt_at__lte=now or timezone.now())
        return waiting.exclude(~Q(calendar="") & Exists(_earlier_in_calendar())).order_by("next_attempt_at", "created_at")

    def overdue(self, now=None):
        """Messages that are due for more than an hour and still wait."""
        return self.filter(state=OutboxMessage.State.WAITING, due_since__lt=(now or timezone.now()) - TOO_LONG)

    def for_the_team(self):
        """Messages that the team may read and send again: none with a code or another secret of somebody's account."""
        return self.filter(secret=False)

    def unsent(self):
        """What did not leave: given up, or due for more than an hour."""
        return self.filter(state=OutboxMessage.State.FAILED) | self.overdue()

    def to_send_again(self):
        """What the team can send again: still of use, and not what a worker may be sending now, or will try for the first time."""
        of_use = self.for_the_team().exclude(expires_at__lte=timezone.now())
        return of_use.exclude(state=OutboxMessage.State.WAITING, error="")

    def about(self, subject: str):
        """Messages about one thing, such as `session:12`, the newest first."""
        return self.filter(about=subject).order_by("-created_at")


def _earlier_in_calendar():
    same = {name: OuterRef(name) for name in ("to", "about")}
    waiting = OutboxMessage._base_manager.filter(**same, state=OutboxMessage.State.WAITING, created_at__lt=OuterRef("created_at"))
    return waiting.exclude(calendar="")


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
    due_since = models.DateTimeField(default=timezone.now)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    unreachable = False  # of this attempt: the mail server did not answer

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

    @property
    def is_overtaken(self) -> bool:
        """Whether the same person got a later calendar file about the same thing, or is to get one."""
        later = OutboxMessage.objects.filter(to=self.to, about=self.about, created_at__gt=self.created_at).exclude(calendar="")
        return bool(self.calendar) and later.exists()

    @property
    def is_overdue(self) -> bool:
        """Whether it is due for more than an hour and still waits."""
        return self.state == self.State.WAITING and self.due_since < timezone.now() - TOO_LONG

    @property
    def can_be_sent_again(self) -> bool:
        """The same as `to_send_again`, for a row that is in memory."""
        return not self.secret and not self.is_expired and (self.state != self.State.WAITING or bool(self.error))

    @property
    def fault(self) -> str:
        """What went wrong at the last attempt, in words."""
        if not self.error:
            return ""
        if self.error == EXPIRED:
            return str(_("its time was over"))
        if self.error.startswith("SMTPRecipientsRefused 5"):
            return str(_("the address does not take mail"))
        return str(_("the mail server did not take it"))


class MailText(models.Model):
    """What the team says in one kind of mail in the place of the built-in words; what is empty stays as it was built in."""

    kind = models.CharField(max_length=60, primary_key=True)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    opening = models.TextField(_("opening"), max_length=2000, blank=True)
    closing = models.TextField(_("closing"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of mails")

    def __str__(self):
        return self.kind


class MailboxPosition(models.Model):
    """How far a mailbox was read: the number of the last message, within one numbering of the server (RFC 3501, 2.3.1.1)."""

    name = models.CharField(max_length=200, primary_key=True)
    numbering = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)

    def __str__(self):
        return self.name
